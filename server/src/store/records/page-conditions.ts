import type { Actor } from '../../model/audit.ts';
import type { StoredResponse } from '../../model/card.ts';
import type { PurgeCause } from '../../model/change.ts';
import { asFailure, type Decision } from '../../model/decision.ts';
import type { Policy, ResponseHead } from '../../model/policy.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { WebsiteSettings } from '../../model/website.ts';
import type { PageCondition, PageFailure, PageState } from '../ports/activity.ts';
import type { Tables } from './schema.ts';

/** Columns of a page that tell whether its last attempt gave a card. */
export interface ConditionRow {
  readonly failed_at: number;
  readonly worked_at: number;
  readonly gone: number;
}

/** What gave no card at the last attempt stays so, purged or not. */
export function troubleOf({ failed_at, worked_at, gone }: ConditionRow): PageCondition['trouble'] {
  if (failed_at > worked_at) return 'failing';
  return gone === 1 ? 'gone' : null;
}

/** The state that a page is listed in. */
export function stateOf(trouble: PageCondition['trouble'], isFresh: boolean): PageState {
  return trouble ?? (isFresh ? 'fresh' : 'stale');
}

/** Why the last attempt gave no card: the newest decision that says so. @param decisions newest first. */
export function failureOf(decisions: readonly Decision[]): PageFailure {
  return decisions.map(asFailure).find((one) => one !== undefined) ?? unknownFailure;
}

/** Its decisions were dropped. */
const unknownFailure: PageFailure = { kind: 'failed', at: epochMs(0), failure: '', consumer: null, status: null };

export interface ResponseRow {
  readonly head: string;
  readonly policy: string;
  readonly version_tag: string | null;
  readonly received_at: number;
}

/** The newest response that a card is kept of; null without cards. */
export function newestResponse(cards: readonly ResponseRow[]): StoredResponse | null {
  const newest = cards.toSorted((a, b) => b.received_at - a.received_at)[0];
  if (newest === undefined) return null;
  const [head, policy] = [JSON.parse(newest.head) as ResponseHead, JSON.parse(newest.policy) as Policy];
  return { head, policy, versionTag: newest.version_tag };
}

/** Columns of a purge that tell when and why. */
export type PurgeRow = Pick<Tables['purges'], 'at' | 'why' | 'actor'>;

export function causeRow({ by, why }: PurgeCause): Pick<PurgeRow, 'why' | 'actor'> {
  return { why, actor: by && JSON.stringify(by) };
}

/** The decision that a row of `purges` stands for. */
export function purged({ at, why, actor }: PurgeRow): Decision {
  const by = actor === null ? {} : { by: JSON.parse(actor) as Actor };
  const what = { at: at as EpochMs, consumer: null, status: null, explanation: null, failure: null, ...by };
  return why === null ? { ...what, kind: 'purged' } : { ...what, kind: 'settings-changed', remarks: [why] };
}

/** Which change of settings makes the kept cards void, a sentence; null where none does. */
export function whyRedrawn(before: WebsiteSettings, change: Partial<WebsiteSettings>): string | null {
  const { viewportWidth = before.viewportWidth, oneCard = before.oneCard } = change;
  const width = (value: number | null) => (value === null ? "each network's own" : `${value} pixels`);
  if (viewportWidth !== before.viewportWidth) {
    return `The viewport width was changed from ${width(before.viewportWidth)} to ${width(viewportWidth)}.`;
  }
  if (oneCard === before.oneCard) return null;
  return `One card for all networks was switched ${oneCard ? 'on' : 'off'}.`;
}
