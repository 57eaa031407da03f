import type { Protocol } from 'devtools-protocol';
import type { Milliseconds } from '../../model/units.ts';
import type { Cdp } from '../browser/cdp.ts';

/** What the browser pauses so that this file may refuse it: few requests are of no other type, and only they wait for us. */
export const iconRequests: Protocol.Fetch.RequestPattern = {
  urlPattern: '*',
  resourceType: 'Other',
  requestStage: 'Request',
};

/**
 * Refuses the icon that a full Chromium loads to show it in a tab. `<object>` and preloads, of the same type, ask for `*` of
 * any kind and are let through; an `<img>` of the same address is of another type.
 */
export function refuseIcons(cdp: Cdp, session: string, deadline: Milliseconds): void {
  cdp.on('Fetch.requestPaused', session, ({ requestId, resourceType, request }) => {
    if (resourceType !== iconRequests.resourceType) return;
    const isIcon = Object.entries(request.headers).some(
      ([name, value]) => name.toLowerCase() === 'accept' && value.startsWith('image/'),
    );
    const answered = isIcon
      ? cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }, { session, deadline })
      : cdp.send('Fetch.continueRequest', { requestId }, { session, deadline });
    answered.catch(() => {}); // the page went while it was answered
  });
}
