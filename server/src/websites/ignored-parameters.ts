import type { Website } from '../model/website.ts';

/** Query parameters that networks and mailers add to links and that do not change the page. A `*` ends a prefix. */
const trackingParameters: readonly string[] = [
  'utm_*',
  'fbclid',
  'gclid',
  'dclid',
  'msclkid',
  'twclid',
  'ttclid',
  'li_fat_id',
  'igshid',
  'mc_cid',
  'mc_eid',
  '_hsenc',
  '_hsmi',
];

/** The parameters that a website ignores; the default ones for an unknown website. */
export function ignoredParametersOf(website: Website | undefined): readonly string[] {
  return website?.settings.ignoredParameters ?? trackingParameters;
}

// A name or prefix in unreserved characters (RFC 3986 §2.3), or others that are common in names.
const parameterName = /^[\w.~:[\]-]{1,99}\*?$/;

/**
 * A parameter's name, or a prefix that ends with `*`.
 * @throws {Error} that says what is wrong.
 */
export function parseIgnoredParameter(text: string): string {
  if (!parameterName.test(text))
    throw new Error(`"${text}" is not the name of a query parameter such as ref or utm_*.`);
  return text;
}

/**
 * Whether a parameter of this name is left out of the page's address.
 * @param name percent-decoded.
 */
export function isIgnored(name: string, ignored: readonly string[]): boolean {
  return ignored.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
}
