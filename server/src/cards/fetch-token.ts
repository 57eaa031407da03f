import type { Origin, Website } from '../model/website.ts';

/** The request header with a website's token. */
const tokenField = 'ogplus-token';

/** The token of the website's fetches; none where the setting is off, or for another website's page. */
export function tokenFor(website: Website, origin: Origin, tokenOf: (website: Website) => string) {
  if (!website.settings.fetchToken || origin !== website.origin) return {};
  return { secretHeaders: { [tokenField]: tokenOf(website) } };
}
