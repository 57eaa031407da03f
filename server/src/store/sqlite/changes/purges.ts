import { type RawBuilder, sql } from 'kysely';
import type { PurgeCause, PurgeScope } from '../../../model/change.ts';
import type { EpochMs } from '../../../model/units.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import { causeRow } from '../../records/page-conditions.ts';
import type { Database } from '../database.ts';

/**
 * The version of the newest purge that covers a page, 0 without one. Three index look-ups.
 * @param target or the column that holds it.
 */
export function coveringPurge(websiteId: WebsiteId, target: Target | RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`max(
    coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'website' AND value = ''), 0),
    coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'page' AND value = ${target}), 0),
    coalesce((SELECT max(seq) FROM purges WHERE website_id = ${websiteId} AND kind = 'prefix'
              AND substr(${target}, 1, length(value)) = value), 0)
  )`;
}

/** Whether a row of `purges` covers the page. Each part is looked up by itself: a website may have a purge of each page. */
export function coversPage(websiteId: WebsiteId, target: Target): RawBuilder<boolean> {
  return sql<boolean>`(website_id = ${websiteId} AND kind = 'website'
    OR website_id = ${websiteId} AND kind = 'page' AND value = ${target}
    OR website_id = ${websiteId} AND kind = 'prefix' AND substr(${target}, 1, length(value)) = value)`;
}

/**
 * In a transaction: records a purge. From its commit on, everything it covers is void. Returns its purge version.
 */
export function writePurge(
  db: Database,
  websiteId: WebsiteId,
  scope: PurgeScope,
  at: EpochMs,
  cause: PurgeCause,
): number {
  const value = scope.kind === 'page' ? scope.target : scope.kind === 'prefix' ? scope.prefix : '';
  const seq = recordChange(db, websiteId, scope.kind, value);
  // A purge of the whole website replaces its earlier ones.
  if (scope.kind === 'website') db.run(db.query.deleteFrom('purges').where('website_id', '=', websiteId));
  if (scope.kind === 'page') {
    const page = db.query.updateTable('pages').set({ fresh_until: 0 }).where('website_id', '=', websiteId);
    db.run(page.where('target', '=', scope.target));
  }
  const row = { website_id: websiteId, kind: scope.kind, value, seq, at, swept: 0, ...causeRow(cause) };
  db.run(db.query.replaceInto('purges').values(row));
  return seq;
}

/** In a transaction: appends to the log that every process reads. Returns its position in the order of all changes. */
export function recordChange(
  db: Database,
  websiteId: WebsiteId,
  kind: 'changed' | PurgeScope['kind'],
  value: string,
): number {
  return db.run(db.query.insertInto('changes').values({ website_id: websiteId, kind, value })).lastId;
}

/** The version of the newest change. */
export function newestVersion(db: Database): number {
  return db.first(db.query.selectFrom('changes').select((e) => e.fn.max('seq').as('seq')))?.seq ?? 0;
}

/** The first text after all that begin with the prefix: targets are ASCII, so no character is larger than this. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\uffff`;
}
