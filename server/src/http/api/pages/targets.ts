import { Problem } from '../../../model/problem.ts';
import type { Target, Website } from '../../../model/website.ts';
import { ignoredParametersOf } from '../../../websites/ignored-parameters.ts';
import { parseTarget } from '../../../websites/parse.ts';
import { readPageUrl } from '../../connection/parse-input.ts';

/** A page of the website itself, by path and query. @throws {Problem} `malformed-address`. */
export function ownTargetOf(website: Website, text: string): Target {
  const target = parseTarget(text, ignoredParametersOf(website))?.target;
  if (target === undefined) throw new Problem('malformed-address', `"${text}" is not a path such as /blog/hello?a=b`);
  return target;
}

/**
 * A page that may have a card: one of the website itself by path and query, another website's, requested by a signed
 * address, by its absolute URL.
 * @throws {Problem} `malformed-address`; as `readPageUrl`.
 */
export function targetOf(website: Website, text: string): Target {
  if (!/^https?:\/\//i.test(text)) return ownTargetOf(website, text);
  const { origin, target } = readPageUrl(text);
  return origin === website.origin ? ownTargetOf(website, target) : ((origin + target) as Target);
}

/** The page's own URL. */
export function urlOf(website: Website, target: Target): string {
  return target.startsWith('/') ? website.origin + target : target;
}
