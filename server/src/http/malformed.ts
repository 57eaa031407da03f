import { Failure } from '../errors.ts';
import { strictUrl } from '../origin/strict-url.ts';
import { parsePageUrl } from '../websites/parse.ts';
import type { Origin, Target } from '../websites/website.ts';

/** What a parser says of somebody's typing is an answer. @throws {Failure} `malformed-address`, with what is wrong. */
export function malformed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Failure('malformed-address', error instanceof Error ? error.message : String(error));
  }
}

/**
 * The page that an address in a request names.
 * @throws {Failure} `malformed-address`; `address-refused` for an address that parsers read in more than one way.
 */
export function readPageUrl(text: string): { origin: Origin; target: Target } {
  const page = malformed(() => parsePageUrl(text));
  strictUrl(text);
  return page;
}
