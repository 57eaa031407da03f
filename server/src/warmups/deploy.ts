import type { Actor } from '../model/audit.ts';
import type { PurgeScope } from '../model/change.ts';
import type { EpochMs } from '../model/units.ts';
import type { Target, Website } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { usualConsumers } from './usual-consumers.ts';

// The pages that are most likely to be shared next; a sitemap is for all of them.
const mostWarmed = 200;
const askedWithinMs = 30 * 24 * 3_600_000;

export interface Deployed {
  /** The warm-up; null if none of the purged pages was asked for lately. */
  readonly warmup: number | null;
  readonly pages: number;
  /** The warm-up that was running; null if none was. */
  readonly stopped: number | null;
}

/**
 * After a deploy: purges, then warms the purged pages that were asked for lately. A warm-up that is running is stopped: what
 * it drew may be of the old version.
 */
export async function deploy(
  store: Store,
  website: Website,
  scopes: readonly PurgeScope[],
  now: EpochMs,
  by: Actor,
): Promise<Deployed> {
  const { warmups, changes } = store;
  const targets = await askedLately(store, website, scopes, now);
  for (const scope of scopes) await changes.purge(website.id, scope, by);
  if (targets.length === 0) return { warmup: null, pages: 0, stopped: null };
  let stopped: number | null = null;
  for (const { id, endedAt } of await warmups.of(website.id, 1)) {
    if (endedAt !== null) continue;
    if (await warmups.change(id, 'stopped', 'A deploy hook started a newer warm-up.', now)) stopped = id;
  }
  const consumers = await usualConsumers(store, website.id, now);
  const id = await warmups.create({ websiteId: website.id, sitemap: null, targets, consumers, createdAt: now });
  return { warmup: id ?? null, pages: id === undefined ? 0 : targets.length, stopped };
}

async function askedLately(
  { activity }: Store,
  { id }: Website,
  scopes: readonly PurgeScope[],
  now: EpochMs,
): Promise<Target[]> {
  const query = { search: '', state: null, sort: 'asked', order: 'desc', limit: mostWarmed, after: null } as const;
  const { pages } = await activity.listPages(id, query, now);
  return pages
    .filter(({ askedAt, state }) => now - askedAt < askedWithinMs && state !== 'gone')
    .map(({ target }) => target)
    .filter((target) => target.startsWith('/') && scopes.some((scope) => covers(scope, target)));
}

function covers(scope: PurgeScope, target: Target): boolean {
  switch (scope.kind) {
    case 'website':
      return true;
    case 'prefix':
      return target.startsWith(scope.prefix);
    case 'page':
      return target === scope.target;
  }
}
