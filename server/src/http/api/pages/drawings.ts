import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type Type from 'typebox';
import type { Cards } from '../../../cards/cards.ts';
import type { CardRequest } from '../../../cards/request.ts';
import { allConsumers, type Consumer, consumerNamed, everyNetwork, generic } from '../../../model/consumers.ts';
import { Problem } from '../../../model/problem.ts';
import type { Website } from '../../../model/website.ts';
import { FetchProblem } from '../../../origin/fetch-problem.ts';
import { clientIp, networkOf } from '../../connection/client-address.ts';
import { formatCacheStatus } from '../../images/image-response.ts';
import { problemAnswer } from '../../problem.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { mediaTypes, WebsiteParams } from '../schemas/common.ts';
import { type DrawingStep, NewDrawing } from '../schemas/pages.ts';
import { ownTargetOf } from './targets.ts';

type Step = Type.Static<typeof DrawingStep>;

/** Renders cards now, and reports each step. */
export function addDrawingRoute(api: Api, { cards, url, trustedProxies }: ApiOptions): void {
  const access = { who: 'member', role: 'editor', scope: 'pages:purge' } as const;
  const editor = {
    access,
    audit: { none: "it draws as a network's request would; the history of the page shows it" },
  } as const;
  const schema = {
    summary: 'Fetch a page and draw its card now; other cards stay. The response is a line of JSON for each step',
    params: WebsiteParams,
    body: NewDrawing,
    response: { 200: mediaTypes('application/jsonl') },
  };
  api.post('/websites/:websiteId/drawings', { config: editor, schema }, async (request, reply) => {
    const { website, asOf } = memberOf(request);
    const target = ownTargetOf(website, request.body.target);
    const consumers = consumersOf(request.body, website);
    const wanted = {
      website,
      asOf,
      target,
      language: '',
      anew: { id: randomUUID(), responseId: undefined },
      client: () => networkOf(clientIp(request.raw, trustedProxies)),
    };
    const lines = Readable.from(stepsOf(cards, wanted, consumers, url), { objectMode: false, encoding: 'utf8' });
    return reply.type('application/jsonl').header('x-accel-buffering', 'no').send(lines);
  });
}

/** @throws {Problem} `malformed-address`. */
function consumersOf({ consumer: name = generic.name, all }: Type.Static<typeof NewDrawing>, website: Website) {
  if (website.settings.oneCard) return [everyNetwork];
  if (all === true) return allConsumers;
  const consumer = consumerNamed(name);
  if (consumer === undefined) throw new Problem('malformed-address', `There is no consumer "${name}".`);
  return [consumer];
}

async function* stepsOf(
  cards: Cards,
  wanted: Omit<CardRequest, 'consumer'>,
  consumers: readonly Consumer[],
  url: string,
): AsyncGenerator<string> {
  const line = (step: Step) => `${JSON.stringify(step)}\n`;
  for (const [index, consumer] of consumers.entries()) {
    const { name } = consumer;
    // Started before the line is sent: a client that leaves now cannot stop it half-way.
    const answering = cards.draw({ ...wanted, consumer });
    answering.catch(() => {}); // reported below
    yield line({ step: 'drawing', consumer: name, nth: index + 1, count: consumers.length });
    try {
      const { cacheStatus, timings, card } = await answering;
      if (card.outcome.kind === 'gone') throw new Problem('page-gone', `The page answers ${card.outcome.status}.`);
      const [fetchMs, renderMs] = [timings.fetch ?? null, timings.render ?? null];
      yield line({ step: 'done', consumer: name, cacheStatus: formatCacheStatus(cacheStatus), fetchMs, renderMs });
    } catch (error) {
      const { title, detail } = JSON.parse(problemAnswer(error, url).body) as { title: string; detail: string };
      yield line({ step: 'failed', consumer: name, title, detail });
      // The page itself: it would fail for the others too.
      if (error instanceof FetchProblem || (error instanceof Problem && error.type === 'page-gone')) return;
    }
  }
}
