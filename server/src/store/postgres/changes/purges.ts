import { type RawBuilder, sql } from 'kysely';
import type { PurgeCause, PurgeScope } from '../../../model/change.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import type { PurgeState } from '../../ports/changes.ts';
import { causeRow } from '../../records/page-conditions.ts';
import type { Now } from '../clock.ts';
import type { Statements } from '../connection/database.ts';

/** Listeners wait on it; what changed stands in the table `changes`. */
export const channel = 'ogplus_changes';

/**
 * The version of the newest purge that covers a page, 0 without one. Three index look-ups.
 * @param target a value, or a column of type text.
 */
export function coveringPurge(websiteId: WebsiteId, target: Target | RawBuilder<string>): RawBuilder<number> {
  const page = typeof target === 'string' ? sql`${target}::text` : target;
  return sql<number>`greatest(
    coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'website' AND value = ''), 0),
    coalesce((SELECT seq FROM purges WHERE website_id = ${websiteId} AND kind = 'page' AND value = ${page}), 0),
    coalesce((SELECT max(seq) FROM purges WHERE website_id = ${websiteId} AND kind = 'prefix'
              AND starts_with(${page}, value)), 0)
  )`;
}

export interface PurgeStateRow {
  readonly newest: number;
  readonly covering: number;
  /** The purge version of the newest card that was kept of the page. */
  readonly kept: number;
}

/** One row (`toPurgeState`). */
export function purgeState(websiteId: WebsiteId, target: Target): RawBuilder<PurgeStateRow> {
  const kept = sql`SELECT kept_version FROM pages WHERE website_id = ${websiteId} AND target = ${target}`;
  return sql<PurgeStateRow>`SELECT seq AS newest, ${coveringPurge(websiteId, target)} AS covering,
    coalesce((${kept}), 0) AS kept FROM change_counter`;
}

export function toPurgeState(row: PurgeStateRow | undefined): PurgeState {
  const { newest = 0, covering = 0, kept = 0 } = row ?? {};
  return { purgeVersion: newest, covering, purged: covering > kept };
}

/** Whether a row of `purges` covers the page. Each part is looked up by itself: a website may have a purge of each page. */
export function coversPage(websiteId: WebsiteId, target: Target): RawBuilder<boolean> {
  return sql<boolean>`(website_id = ${websiteId} AND kind = 'website'
    OR website_id = ${websiteId} AND kind = 'page' AND value = ${target}
    OR website_id = ${websiteId} AND kind = 'prefix' AND starts_with(${target}::text, value))`;
}

/**
 * Records a purge. From its commit on, everything it covers is void. Returns its purge version. One statement, so that
 * the counter's row, which all purges need, is held for no longer than a commit takes.
 */
export async function writePurge(
  db: Statements,
  websiteId: WebsiteId,
  scope: PurgeScope,
  now: Now,
  cause: PurgeCause,
): Promise<number> {
  const value = scope.kind === 'page' ? scope.target : scope.kind === 'prefix' ? scope.prefix : '';
  const { why, actor } = causeRow(cause);
  const also =
    scope.kind === 'website'
      ? // It replaces the earlier purges of its parts.
        sql`DELETE FROM purges WHERE website_id = ${websiteId} AND kind <> 'website'`
      : scope.kind === 'page'
        ? sql`UPDATE pages SET fresh_until = 0 WHERE website_id = ${websiteId} AND target = ${value}`
        : sql`SELECT`;
  const written = await db.first(sql<{ seq: number }>`
    WITH also AS (${also}), ${logged(websiteId, scope.kind, value)}
    INSERT INTO purges (website_id, kind, value, seq, at, swept, why, actor)
      SELECT ${websiteId}, ${scope.kind}, ${value}, seq, ${now()}, 0, ${why}::text, ${actor}::text FROM logged
      ON CONFLICT (website_id, kind, value) DO UPDATE
        SET seq = excluded.seq, at = excluded.at, swept = 0, why = excluded.why, actor = excluded.actor
    RETURNING seq, pg_notify(${channel}, '')::text`);
  return theSeq(written);
}

/** Appends a website's change to the log that every process follows. Returns its position in the order of all changes. */
export async function recordChange(db: Statements, websiteId: WebsiteId, value: string): Promise<number> {
  return theSeq(
    await db.first(sql<{ seq: number }>`WITH ${logged(websiteId, 'changed', value)}
      SELECT seq, pg_notify(${channel}, '')::text FROM logged`),
  );
}

/** A purge and a change are numbered while their transaction holds the counter: no gap, and in the order of commits. */
function logged(websiteId: WebsiteId, kind: string, value: string) {
  return sql`counted AS (UPDATE change_counter SET seq = seq + 1 RETURNING seq),
    logged AS (INSERT INTO changes (seq, website_id, kind, value)
      SELECT seq, ${websiteId}, ${kind}, ${value} FROM counted RETURNING seq)`;
}

/** The version of the newest change. */
export async function newestVersion(db: Statements): Promise<number> {
  return theSeq(await db.first(sql<{ seq: number }>`SELECT seq FROM change_counter`));
}

function theSeq(row: { readonly seq: number } | undefined): number {
  if (row === undefined) throw new Error("The database has lost the row of the changes' counter.");
  return row.seq;
}
