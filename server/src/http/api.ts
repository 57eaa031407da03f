import type { FastifyInstance } from 'fastify';
import type { Decisions } from '../cards/decisions.ts';
import { Failure } from '../errors.ts';
import { explain } from '../freshness/explain.ts';
import { judge } from '../freshness/judge.ts';
import type { KeptCard, Store } from '../store/store.ts';
import type { Clock, EpochMs } from '../units.ts';
import { isSecretKeyOf, readApiKey } from '../websites/keys.ts';
import type { Website } from '../websites/website.ts';
import { pageAt } from './page-url.ts';
import { problemAnswer } from './problem.ts';

export interface ApiOptions {
  readonly store: Store;
  readonly decisions: Decisions;
  readonly clock: Clock;
  readonly masterKey: Uint8Array;
  /** The public base address. */
  readonly url: string;
}

/** The management API: what a site owner may know and do, with the key of `site create` as bearer token. */
export function addApi(app: FastifyInstance, options: ApiOptions): void {
  const { store, decisions, clock } = options;
  app.register(async (api) => {
    api.addHook('onSend', async (_, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    });
    api.setErrorHandler((error, request, reply) => {
      const failure = asFailure(error);
      if (!(failure instanceof Failure))
        request.log.error({ err: error, url: request.url }, 'a request of the API failed inside');
      const { status, headers, body } = problemAnswer(failure, options.url);
      for (const [name, value] of headers) reply.header(name, value);
      return reply.code(status).type('application/problem+json').send(body);
    });

    const query = { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] };
    api.get<{ Querystring: { url: string } }>('/api/v1/page', { schema: { querystring: query } }, async (request) => {
      const website = await authorised(options, request.headers.authorization);
      const { origin, target } = pageAt(request.query.url);
      if (origin !== website.origin) throw new Failure('forbidden', `The key is one of ${website.origin}.`);
      const cards = await store.cardsOf(website.id, target);
      const decided = await decisions.of(website.id, target);
      const now = clock.now();
      const card = cards.find(({ id }) => id.consumer === 'generic') ?? cards[0];
      return {
        url: origin + target,
        cards: cards.map((kept) => cardJson(kept, now)),
        // Of a page that is never kept, the last answer is all that is known.
        explanation: card ? explain(card.policy, now) : (decided.find((d) => d.explanation)?.explanation ?? null),
        decisions: decided.map(({ at, ...decision }) => ({ at: time(at), ...decision })),
      };
    });
  });
}

/** @throws {Failure} `unauthorised`, which does not tell an unknown key from a wrong one. */
async function authorised({ store, masterKey }: ApiOptions, authorization: string | undefined): Promise<Website> {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  const key = readApiKey(token);
  const website = key && isSecretKeyOf(masterKey, key) ? await store.websiteByPublicKey(key.publicKey) : undefined;
  if (website !== undefined) return website;
  throw new Failure('unauthorised', 'Send the API key of the website: Authorization: Bearer ogplus_live_…');
}

/** What Fastify refuses of a request is a fault of the request; everything else is passed on as it is. */
function asFailure(error: unknown): unknown {
  const invalid = error instanceof Error && 'validation' in error;
  return invalid ? new Failure('malformed-address', `The request cannot be read: ${error.message}.`) : error;
}

function cardJson({ id, outcome, policy }: KeptCard, now: EpochMs) {
  const verdict = judge(policy, now);
  const common = {
    consumer: id.consumer,
    variant: id.variant,
    state: verdict.kind,
    freshUntil: time(policy.freshUntil),
  };
  if (outcome.kind === 'gone') return { ...common, gone: outcome.status };
  const { hash, type, size, width, height } = outcome.picture;
  return { ...common, drawn: time(outcome.renderedAt), picture: { hash, type, size, width, height } };
}

function time(at: EpochMs): string {
  return new Date(at).toISOString();
}
