import type { Protocol } from 'devtools-protocol';
import type { Page } from './page.ts';

/** What the browser pauses so that this file may refuse it: few requests are of no other type, and only they wait for us. */
export const iconRequests: Protocol.Fetch.RequestPattern = {
  urlPattern: '*',
  resourceType: 'Other',
  requestStage: 'Request',
};

/**
 * Refuses the icon that a full Chromium loads to show it in a tab. `<object>` and preloads, of the same type, ask for `*` of
 * any kind and are let through; an `<img>` of the same address is of another type.
 * Gives the way to stop.
 */
export function refuseIcons(page: Page): () => void {
  return page.on('Fetch.requestPaused', ({ requestId, resourceType, request }) => {
    if (resourceType !== iconRequests.resourceType) return;
    const isIcon = Object.entries(request.headers).some(
      ([name, value]) => name.toLowerCase() === 'accept' && value.startsWith('image/'),
    );
    const answered = isIcon
      ? page.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
      : page.send('Fetch.continueRequest', { requestId });
    answered.catch(() => {}); // the page went while it was answered
  });
}
