import { Failure } from '../../errors.ts';
import { parseTarget } from '../../websites/parse.ts';
import type { Target, Website } from '../../websites/website.ts';
import { readPageUrl } from '../malformed.ts';

/** A page of the website itself, by path and query. @throws {Failure} `malformed-address`. */
export function ownTargetOf(text: string): Target {
  const target = parseTarget(text)?.target;
  if (target === undefined) throw new Failure('malformed-address', `"${text}" is no path of a page: /blog/hello?a=b`);
  return target;
}

/**
 * A page of which something may be kept: one of the website itself by path and query, another one, which a signature has
 * drawn, by its whole address.
 * @throws {Failure} `malformed-address`; as `readPageUrl`.
 */
export function targetOf(website: Website, text: string): Target {
  if (!/^https?:\/\//i.test(text)) return ownTargetOf(text);
  const { origin, target } = readPageUrl(text);
  return origin === website.origin ? target : ((origin + target) as Target);
}

/** Where the page itself is. */
export function urlOf(website: Website, target: Target): string {
  return target.startsWith('/') ? website.origin + target : target;
}
