import type { Cards } from '../cards/cards.ts';
import type { CardRequest } from '../cards/request.ts';
import type { CardResponse } from '../model/card-response.ts';
import { type Consumer, everyNetwork } from '../model/consumers.ts';
import { Problem } from '../model/problem.ts';
import type { Target } from '../model/website.ts';
import type { WarmedPage } from '../store/ports/warmups.ts';

/** A website, and the purge version from before it was read. */
export type ReadWebsite = Pick<CardRequest, 'website' | 'asOf'>;

/** `later`: the page can only be tried again after a while. */
export type Warmed = (WarmedPage & { readonly isOriginsFault: boolean }) | { readonly later: number };

const someSeconds = 5;

/** Makes the page's cards for all consumers at once, so that they share one fetch. */
export async function warmPage(
  cards: Cards,
  { website, asOf }: ReadWebsite,
  target: Target,
  consumers: readonly Consumer[],
): Promise<Warmed> {
  const each = website.settings.oneCard ? [everyNetwork] : consumers;
  const client = () => `warm-up of website ${website.id}`;
  const results = await Promise.allSettled(
    each.map((consumer) => cards.warm({ website, asOf, target, consumer, language: '', client })),
  );
  const page = (outcome: WarmedPage['outcome'], why: string | null, isOriginsFault = false) => {
    return { target, outcome, why, isOriginsFault };
  };

  let made = false;
  for (const result of results) {
    if (result.status === 'rejected') {
      const error: unknown = result.reason;
      if (!(error instanceof Problem)) throw error;
      if (['too-many-requests', 'queue-full', 'stopping'].includes(error.type)) {
        return { later: Number(error.facts['retryAfter'] ?? someSeconds) };
      }
      return page('failed', error.message, ['origin-failed', 'origin-too-slow'].includes(error.type));
    }
    const response = result.value;
    if (response === undefined) continue;
    const { outcome, policy } = response.card;
    if (outcome.kind === 'gone') return page('failed', `The page answers ${outcome.status}.`);
    const why = failureOf(response);
    if (why !== undefined) return page('failed', why, response.cacheStatus.detail === 'stale-if-error');
    if (policy.storeForbiddenBy !== null) {
      return page('skipped', `Its card may not be kept: the page says ${policy.storeForbiddenBy}.`);
    }
    made = true;
  }
  return made ? page('done', null) : page('skipped', null);
}

/** Why the card that came back is not the page's current one. */
function failureOf({ cacheStatus, remarks }: CardResponse): string | undefined {
  if (cacheStatus.detail === 'stale-if-error') return 'The page could not be fetched; its old card was kept.';
  if (cacheStatus.detail !== 'unfinished-drawing') return undefined;
  return remarks?.[0] ?? 'The drawing was incomplete or empty.';
}
