import { Failure } from '../errors.ts';
import { parsePageUrl } from '../websites/parse.ts';
import type { Origin, Target } from '../websites/website.ts';

/** The page that an address in a request names. @throws {Failure} `malformed-address`, with what is wrong. */
export function pageAt(url: string): { origin: Origin; target: Target } {
  try {
    return parsePageUrl(url);
  } catch (error) {
    throw new Failure('malformed-address', error instanceof Error ? error.message : String(error));
  }
}
