import { Readable } from 'node:stream';
import type Type from 'typebox';
import type { Cards } from '../../../cards/cards.ts';
import type { CardRequest } from '../../../cards/request.ts';
import { consumerNamed } from '../../../model/consumers.ts';
import { Problem } from '../../../model/problem.ts';
import { clientIp, networkOf } from '../../connection/client-address.ts';
import { formatCacheStatus } from '../../images/image-response.ts';
import { problemAnswer } from '../../problem.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { type DrawingStep, NewDrawing } from '../schemas/pages.ts';
import { ownTargetOf } from './targets.ts';

type Step = Type.Static<typeof DrawingStep>;

/** Renders a card now, and reports each step. */
export function addDrawingRoute(api: Api, { store, cards, url, trustedProxies }: ApiOptions): void {
  const editor = { access: { who: 'member', role: 'editor', scope: 'pages:purge' } } as const;
  const schema = {
    summary: 'Purge a page and draw its card; the response is a line of JSON for each step',
    params: WebsiteParams,
    body: NewDrawing,
  };
  api.post('/websites/:websiteId/drawings', { config: editor, schema }, async (request, reply) => {
    const { website } = memberOf(request);
    const target = ownTargetOf(website, request.body.target);
    const consumer = consumerNamed(request.body.consumer ?? 'generic');
    if (consumer === undefined)
      throw new Problem('malformed-address', `There is no consumer "${request.body.consumer}".`);
    await store.changes.purge(website.id, { kind: 'page', target });
    const wanted: CardRequest = {
      website,
      target,
      consumer,
      language: '',
      client: () => networkOf(clientIp(request.raw, trustedProxies)),
    };
    const lines = Readable.from(stepsOf(cards, wanted, url), { objectMode: false, encoding: 'utf8' });
    return reply.type('application/jsonl').header('x-accel-buffering', 'no').send(lines);
  });
}

async function* stepsOf(cards: Cards, wanted: CardRequest, url: string): AsyncGenerator<string> {
  const line = (step: Step) => `${JSON.stringify(step)}\n`;
  yield line({ step: 'purged' });
  // Started before the first line is sent: a client that leaves now cannot stop it half-way.
  const answering = cards.respond(wanted);
  answering.catch(() => {}); // reported below
  yield line({ step: 'drawing' });
  try {
    const { cacheStatus, timings, card } = await answering;
    if (card.outcome.kind === 'gone') throw new Problem('page-gone', `The page answers ${card.outcome.status}.`);
    const [fetchMs, renderMs] = [timings.fetch ?? null, timings.render ?? null];
    yield line({ step: 'done', cacheStatus: formatCacheStatus(cacheStatus), fetchMs, renderMs });
  } catch (error) {
    const { title, detail } = JSON.parse(problemAnswer(error, url).body) as { title: string; detail: string };
    yield line({ step: 'failed', title, detail });
  }
}
