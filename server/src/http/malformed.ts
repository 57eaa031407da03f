import { Failure } from '../errors.ts';

/** What a parser says of somebody's typing is an answer. @throws {Failure} `malformed-address`, with what is wrong. */
export function malformed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Failure('malformed-address', error instanceof Error ? error.message : String(error));
  }
}
