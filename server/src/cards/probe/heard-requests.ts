import type { EpochMs } from '../../model/units.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { ProbeRequest } from '../../store/ports/probe-requests.ts';
import type { Store } from '../../store/ports/store.ts';

/** How a network asked, last, for a page and for its picture. */
export interface HeardRequests {
  readonly page?: ProbeRequest;
  readonly picture?: ProbeRequest;
}

// All that a probe keeps.
const most = 200;

/** What came to the website's open probes: of each network its last requests. */
export async function heardRequests(
  { links, probeRequests }: Pick<Store, 'links' | 'probeRequests'>,
  websiteId: WebsiteId,
  now: EpochMs,
): Promise<ReadonlyMap<string, HeardRequests>> {
  const heard = new Map<string, HeardRequests>();
  const probes = await links.of(websiteId, 'probe', now);
  for (const { id } of probes.toReversed()) {
    for (const request of await probeRequests.after(id, 0, most)) {
      heard.set(request.consumer, { ...heard.get(request.consumer), [request.what]: request });
    }
  }
  return heard;
}
