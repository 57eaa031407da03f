import { Problem } from '../../model/problem.ts';
import type { Origin, Target } from '../../model/website.ts';
import { strictUrl } from '../../origin/strict-url.ts';
import { parsePageUrl } from '../../websites/parse.ts';

/**
 * The parsed value, or a problem that says what is wrong with the input.
 * @throws {Problem} `malformed-address`, or the one that `parse` throws.
 */
export function orBadRequest<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed-address', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Parses a page's address in a request.
 * @throws {Problem} `malformed-address`; `address-refused` for a scheme that is never fetched, and for an address that
 *   parsers read in more than one way.
 */
export function readPageUrl(text: string): { origin: Origin; target: Target } {
  const scheme = URL.parse(text)?.protocol ?? 'http:';
  if (scheme !== 'http:' && scheme !== 'https:') {
    throw new Problem('address-refused', `${scheme} may not be reached: only http and https are fetched.`);
  }
  const page = orBadRequest(() => parsePageUrl(text));
  strictUrl(text);
  return page;
}
