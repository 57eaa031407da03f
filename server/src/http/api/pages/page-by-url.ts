import { explain } from '../../../freshness/explain.ts';
import { judge } from '../../../freshness/judge.ts';
import type { KeptCard } from '../../../model/card.ts';
import { Problem } from '../../../model/problem.ts';
import type { EpochMs } from '../../../model/units.ts';
import { parsePageUrl } from '../../../websites/parse.ts';
import { malformed } from '../../connection/malformed.ts';
import { callerOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { PreviewQuery } from '../schemas/preview.ts';
import { timeOf } from '../time.ts';

/** A page by its own address: for who has a website's key, and not its id. */
export function addPageByUrlRoute(api: Api, { store, identities, decisions, clock }: ApiOptions): void {
  const schema = { summary: 'The kept cards of a page, and what was decided about it', querystring: PreviewQuery };
  api.get('/page', { config: { access: { who: 'identified', scope: 'pages:read' } }, schema }, async (request) => {
    const { origin, target } = malformed(() => parsePageUrl(request.query.url));
    const own = await identities.websitesOf(callerOf(request));
    const website = own.find((one) => one.origin === origin);
    if (website === undefined) throw new Problem('forbidden', `${origin} is no website of yours.`);
    const cards = await store.cards.ofPage(website.id, target);
    const decided = await decisions.of(website.id, target);
    const now = clock.now();
    const card = cards.find(({ id }) => id.consumer === 'generic') ?? cards[0];
    return {
      url: origin + target,
      cards: cards.map((kept) => cardJson(kept, now)),
      // Of a page that is never kept, the last answer is all that is known.
      explanation: card ? explain(card, now) : (decided.find((d) => d.explanation)?.explanation ?? null),
      decisions: decided.map(({ at, ...decision }) => ({ at: timeOf(at), ...decision })),
    };
  });
}

function cardJson({ id, outcome, policy }: KeptCard, now: EpochMs) {
  const common = {
    consumer: id.consumer,
    variant: id.variant,
    state: judge(policy, now).kind,
    freshUntil: timeOf(policy.freshUntil),
  };
  if (outcome.kind === 'gone') return { ...common, gone: outcome.status };
  const { hash, type, size, width, height } = outcome.picture;
  return { ...common, drawn: timeOf(outcome.renderedAt), picture: { hash, type, size, width, height } };
}
