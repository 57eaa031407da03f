import type { EpochMs } from './units.ts';

/**
 * What happens with the next request for a page's card.
 * `must-be-asked`: it has no lifetime, so that the site is asked for every request; `never-kept`: it forbids keeping anything.
 */
export const pageStatusKinds = [
  'fresh',
  'stale',
  'must-be-asked',
  'never-kept',
  'purged',
  'failing',
  'unfinished',
  'gone',
  'never-asked',
] as const;

export type PageStatusKind = (typeof pageStatusKinds)[number];

export interface PageStatus {
  readonly kind: PageStatusKind;
  /** One sentence or two for the page's owner; times as ISO 8601. */
  readonly says: string;
  /** When this is no longer so by itself; null where only a request or a purge changes it. */
  readonly until: EpochMs | null;
}
