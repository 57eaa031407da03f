import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { callerName } from '../../../model/identity.ts';
import { Problem } from '../../../model/problem.ts';
import type { Target, Website } from '../../../model/website.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { mediaTypes, WebsiteParams } from '../schemas/common.ts';
import { PageQuery } from '../schemas/pages.ts';
import { targetOf } from './targets.ts';

// A look is a few reads by index; other processes write down what they did every few seconds.
const lookEveryMs = 1000;
// Proxies close connections on which nothing is sent for a minute.
const beatEveryMs = 20_000;
// Browsers connect again by themselves: who lost the right to look loses the stream, too.
const longestMs = 10 * 60_000;
const [mostStreams, mostForEach] = [200, 10];

/** Server-sent events while somebody looks at a page: that it was requested, drawn, purged, or failed. */
export function addPageEventsRoute(api: Api, options: ApiOptions): void {
  const open = new Map<AbortController, string>();
  // A service that stops does not wait for streams.
  api.addHook('preClose', async () => {
    for (const stream of open.keys()) stream.abort();
  });

  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const schema = {
    summary: 'Server-sent events: `changed` when something happens to a page; then get the page again',
    params: WebsiteParams,
    querystring: PageQuery,
    response: { 200: mediaTypes('text/event-stream') },
  };
  api.get('/websites/:websiteId/page-events', { config: viewer, schema }, async (request, reply) => {
    const { website } = memberOf(request);
    const target = targetOf(website, request.query.target);
    const caller = callerName(callerOf(request));
    const own = [...open.values()].filter((one) => one === caller).length;
    if (open.size >= mostStreams || own >= mostForEach) {
      throw new Problem('too-many-requests', 'Too many event streams are open. Close some of them.', {
        retryAfter: 60,
      });
    }
    const stream = new AbortController();
    open.set(stream, caller);
    const look = () => stateOf(options, website, target);
    const events = Readable.from(changes(look, stream.signal), { objectMode: false, encoding: 'utf8' });
    events.once('close', () => {
      stream.abort();
      open.delete(stream);
    });
    return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(events);
  });
}

async function* changes(look: () => Promise<string>, signal: AbortSignal): AsyncGenerator<string> {
  let last = await look();
  yield 'retry: 2000\n\n';
  for (let waited = 0; waited < longestMs && !signal.aborted; waited += lookEveryMs) {
    await pause(lookEveryMs, undefined, { signal }).catch(() => {}); // aborted: the loop ends
    if (signal.aborted) return;
    const now = await look();
    if (now !== last) yield 'event: changed\ndata: {}\n\n';
    else if (waited % beatEveryMs === 0) yield ': \n\n';
    last = now;
  }
}

/** What tells one moment of a page from another. */
async function stateOf({ cards, store, decisions }: ApiOptions, { id }: Website, target: Target): Promise<string> {
  await cards.writeDown();
  const { condition, requests, askedAt } = await store.activity.pageRecord(id, target);
  const [newest] = await decisions.of(id, target);
  return JSON.stringify([condition, requests, askedAt, newest?.at, newest?.kind, newest?.consumer]);
}
