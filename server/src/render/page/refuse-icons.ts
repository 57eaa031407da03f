import type { Protocol } from 'devtools-protocol';
import type { Milliseconds } from '../../model/units.ts';
import type { Cdp } from '../browser/cdp/cdp.ts';

/** Request types that the browser pauses for this file: few others have this type, and only those wait for us. */
export const iconRequests: Protocol.Fetch.RequestPattern = {
  urlPattern: '*',
  resourceType: 'Other',
  requestStage: 'Request',
};

/**
 * Refuses the icon that a full Chromium loads for a tab. `<object>` and preloads have the same type but accept `*`, and pass;
 * an `<img>` with the same address has another type.
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
    answered.catch(() => {}); // the page was closed meanwhile
  });
}
