import { type RawBuilder, sql } from 'kysely';
import type { Change, PurgeScope } from '../../model/change.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { Database } from './database.ts';

/** The sequence number of the newest purge that covers a page, 0 without one. Three index look-ups. */
export function coveringPurge(websiteId: WebsiteId, target: Target): RawBuilder<number> {
  return sql<number>`max(
    coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'website' AND value = ''), 0),
    coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'page' AND value = ${target}), 0),
    coalesce((SELECT max(seq) FROM purges WHERE website_id = ${websiteId} AND kind = 'prefix'
              AND substr(${target}, 1, length(value)) = value), 0)
  )`;
}

/** Whether a row of `purges` covers the page. */
export function coversPage(websiteId: WebsiteId, target: Target): RawBuilder<boolean> {
  return sql<boolean>`website_id = ${websiteId} AND (kind = 'website' OR (kind = 'page' AND value = ${target})
    OR (kind = 'prefix' AND substr(${target}, 1, length(value)) = value))`;
}

/** Writes a purge down; from its commit on, all that it covers is void. */
export function recordPurge(db: Database, websiteId: WebsiteId, scope: PurgeScope, at: EpochMs): void {
  db.transaction(() => writePurge(db, websiteId, scope, at));
}

/** The same within a transaction. */
export function writePurge(db: Database, websiteId: WebsiteId, scope: PurgeScope, at: EpochMs): void {
  const value = scope.kind === 'page' ? scope.target : scope.kind === 'prefix' ? scope.prefix : '';
  const seq = recordChange(db, websiteId, scope.kind, value);
  // A whole website's purge says all that its earlier ones said.
  if (scope.kind === 'website') db.run(db.query.deleteFrom('purges').where('website_id', '=', websiteId));
  if (scope.kind === 'page') {
    const page = db.query.updateTable('pages').set({ fresh_until: 0 }).where('website_id', '=', websiteId);
    db.run(page.where('target', '=', scope.target));
  }
  db.run(db.query.replaceInto('purges').values({ website_id: websiteId, kind: scope.kind, value, seq, at, swept: 0 }));
}

/** Appends to the log that other processes read. Gives the sequence number. */
export function recordChange(
  db: Database,
  websiteId: WebsiteId,
  kind: 'changed' | PurgeScope['kind'],
  value: string,
): number {
  return db.run(db.query.insertInto('changes').values({ website_id: websiteId, kind, value })).lastId;
}

/** The newest sequence number of all. */
export function newestSeq(db: Database): number {
  return db.first(db.query.selectFrom('changes').select((e) => e.fn.max('seq').as('seq')))?.seq ?? 0;
}

/** What came after `seq`, oldest first; undefined where the log no longer reaches back that far. */
export function changesAfter(db: Database, seq: number): { changes: Change[]; newest: number } | undefined {
  const rows = db.all(db.query.selectFrom('changes').selectAll().where('seq', '>', seq).orderBy('seq'));
  const [first] = rows;
  if (first !== undefined && first.seq > seq + 1) return undefined;
  return { changes: rows.map(toChange), newest: rows.at(-1)?.seq ?? seq };
}

function toChange(row: { website_id: number; kind: string; value: string }): Change {
  const websiteId = row.website_id as WebsiteId;
  const value = row.value as Target;
  if (row.kind === 'changed') return { kind: 'website', websiteId };
  if (row.kind === 'page') return { kind: 'purge', websiteId, scope: { kind: 'page', target: value } };
  if (row.kind === 'prefix') return { kind: 'purge', websiteId, scope: { kind: 'prefix', prefix: value } };
  return { kind: 'purge', websiteId, scope: { kind: 'website' } };
}
