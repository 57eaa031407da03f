import { Problem } from '../../model/problem.ts';
import type { Origin, Target } from '../../model/website.ts';
import { strictUrl } from '../../origin/strict-url.ts';
import { parsePageUrl } from '../../websites/parse.ts';

/** Reports a parse error to the client. @throws {Problem} `malformed-address`, with what is wrong. */
export function malformed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Problem('malformed-address', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Parses a page's address in a request.
 * @throws {Problem} `malformed-address`; `address-refused` for an address that parsers read in more than one way.
 */
export function readPageUrl(text: string): { origin: Origin; target: Target } {
  const page = malformed(() => parsePageUrl(text));
  strictUrl(text);
  return page;
}
