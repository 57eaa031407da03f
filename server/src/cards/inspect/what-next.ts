import { pageStatus } from '../../freshness/page-status.ts';
import type { KeptCard, StoredResponse } from '../../model/card.ts';
import { asFailure, type Decision } from '../../model/decision.ts';
import type { PageStatus } from '../../model/page-status.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Website } from '../../model/website.ts';
import type { ListedPage, PageCondition, PageFailure } from '../../store/ports/activity.ts';

/** What happens with the next request for the card of a listed page. */
export function statusOfListed(website: Website, page: ListedPage, now: EpochMs): PageStatus {
  const { trouble, failure, response, isPurged, cards } = page;
  return pageStatus(
    {
      trouble: troubleOf(trouble, failure, response),
      response,
      hasPicture: cards.some(({ picture }) => picture !== null),
      forbiddenBy: null,
      isPurged,
      isKnown: true,
      hasFallback: website.settings.fallbackPicture !== null,
    },
    now,
  );
}

export interface OnePage {
  /** Null where nothing was ever stored about the page. */
  readonly condition: PageCondition | null;
  readonly cards: readonly KeptCard[];
  /** Newest first. */
  readonly decisions: readonly Decision[];
  /** The directive that forbade keeping anything of its last response, and when. */
  readonly unkept: { readonly by: string; readonly at: EpochMs } | undefined;
}

/** What happens with the next request for the page's card. */
export function statusOfPage(
  website: Website,
  { condition, cards, decisions, unkept }: OnePage,
  now: EpochMs,
): PageStatus {
  const response = newestOf(cards);
  const failure = decisions.map(asFailure).find((one) => one !== undefined) ?? null;
  const hasPicture = cards.some(({ outcome }) => outcome.kind === 'picture');
  return pageStatus(
    {
      trouble: troubleOf(condition?.trouble ?? null, failure, response ?? null),
      response: response ?? null,
      hasPicture,
      forbiddenBy: hasPicture ? null : (unkept?.by ?? null),
      isPurged: condition?.isPurged ?? false,
      isKnown: condition !== null || unkept !== undefined,
      hasFallback: website.settings.fallbackPicture !== null,
    },
    now,
  );
}

/** The page's latest kept response, for any network. */
export function newestOf(cards: readonly KeptCard[]): KeptCard | undefined {
  return cards.toSorted((a, b) => b.head.responseTime - a.head.responseTime)[0];
}

function troubleOf(
  trouble: PageCondition['trouble'],
  failure: Pick<PageFailure, 'kind' | 'failure' | 'status'> | null,
  response: StoredResponse | null,
) {
  if (trouble === null) return null;
  if (trouble === 'gone') return { kind: 'gone', status: failure?.status ?? response?.head.status ?? 404 } as const;
  if (failure?.kind === 'unfinished') return { kind: 'unfinished' } as const;
  return { kind: 'failing', failure: failure?.failure ?? '' } as const;
}
