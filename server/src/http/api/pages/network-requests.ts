import { imageOf } from '../../../cards/inspect/page-check.ts';
import { curlLine } from '../../../cards/probe/curl-line.ts';
import { heardRequests } from '../../../cards/probe/heard-requests.ts';
import { connectionUrl } from '../../../config.ts';
import { consumerNamed } from '../../../model/consumers.ts';
import { networkFrames } from '../../../model/networks/network-frames.ts';
import { tagsRead } from '../../../model/networks/tags-read.ts';
import type { ProbeRequest } from '../../../store/ports/probe-requests.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { NetworkRequests } from '../schemas/network-requests.ts';
import { PageQuery } from '../schemas/pages.ts';
import { targetOf, urlOf } from './targets.ts';

/** How networks ask for a page and its picture, and what they read of it. */
export function addNetworkRequestsRoute(api: Api, options: ApiOptions): void {
  const { store, clock, cards } = options;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const schema = {
    summary:
      'For each network, the commands that repeat its requests for a page and its picture, and the tags that it reads',
    params: WebsiteParams,
    querystring: PageQuery,
    response: { 200: NetworkRequests },
  };
  api.get('/websites/:websiteId/network-requests', { config: viewer, schema }, async (request) => {
    const { website } = memberOf(request);
    const target = targetOf(website, request.query.target);
    await cards.writeDown();
    const { tags } = await store.activity.pageRecord(website.id, target);
    const heard = await heardRequests(store, website.id, clock.now());
    const url = urlOf(website, target);
    const card = target.startsWith('/') ? connectionUrl(options, website.connection) + target : null;
    const picture = URL.parse(imageOf(tags ?? []) ?? '')?.href ?? card;
    return {
      requests: networkFrames.map((frame) => {
        const { name, label, consumer } = frame;
        const userAgent = consumerNamed(consumer)?.userAgent ?? '';
        const asked = heard.get(consumer);
        return {
          network: name,
          label,
          consumer,
          isHeard: asked?.page !== undefined,
          page: commandOf(url, userAgent, asked?.page),
          picture: picture && commandOf(picture, userAgent, asked?.picture ?? asked?.page),
          tags: tags && tagsRead(tags, frame).map((one) => ({ ...one, names: [...one.names] })),
        };
      }),
    };
  });
}

/** @param heard a request of the network that came to a probe: its fields are sent as they were. */
function commandOf(url: string, userAgent: string, heard: ProbeRequest | undefined): string {
  // Without a recorded request: the Accept of crawlers that do not name types.
  const fields = [['User-Agent', userAgent] as const, ['Accept', '*/*'] as const];
  return curlLine(heard?.method ?? 'GET', url, heard?.headers ?? fields);
}
