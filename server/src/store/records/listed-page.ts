import type { Outcome } from '../../model/card.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { Target } from '../../model/website.ts';
import type { ListedPage, PageFailure } from '../ports/activity.ts';
import { type ConditionRow, newestResponse, type ResponseRow, stateOf, troubleOf } from './page-conditions.ts';

/** What lists of pages read of one. */
export interface PageRow extends ConditionRow {
  readonly target: string;
  readonly title: string | null;
  readonly kept_version: number;
  readonly asked_at: number;
  readonly drawn_at: number;
  readonly fresh_until: number;
  readonly requests: number;
}

export interface PageCardRow extends ResponseRow {
  readonly consumer: string;
  readonly variant: string;
  readonly outcome: string;
}

/**
 * @param purge the version of the newest purge that covers the page; 0 without one.
 * @param cards those that are not void, the generic one first.
 */
export function listedPage(
  row: PageRow,
  purge: number,
  cards: readonly PageCardRow[],
  failure: PageFailure | null,
  now: EpochMs,
): ListedPage {
  const isVoid = row.kept_version < purge;
  const trouble = troubleOf(row);
  return {
    target: row.target as Target,
    title: row.title,
    trouble,
    isPurged: isVoid,
    failure,
    response: newestResponse(cards),
    state: stateOf(trouble, row.fresh_until > now && !isVoid && cards.length > 0),
    freshUntil: isVoid ? null : timeOrNull(row.fresh_until),
    drawnAt: timeOrNull(row.drawn_at),
    askedAt: epochMs(row.asked_at),
    requests: row.requests,
    cards: cards.map(({ consumer, variant, outcome: text }) => {
      const outcome = JSON.parse(text) as Outcome;
      return { consumer, variant, picture: outcome.kind === 'picture' ? outcome.picture : null };
    }),
  };
}

function timeOrNull(at: number): EpochMs | null {
  return at === 0 ? null : epochMs(at);
}
