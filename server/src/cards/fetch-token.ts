import type { Origin, Website } from '../model/website.ts';

/** The field that carries a website's token. */
const tokenField = 'ogplus-token';

/** What a fetch carries so that the website can tell it from others'; nothing where it asks for none, or is another's. */
export function tokenFor(website: Website, origin: Origin, tokenOf: (website: Website) => string) {
  if (!website.settings.fetchToken || origin !== website.origin) return {};
  return { secretHeaders: { [tokenField]: tokenOf(website) } };
}
