import { sql } from 'kysely';
import type { Decision, PageDecision, WorkedPage } from '../../../model/decision.ts';
import type { Target, WebsiteId } from '../../../model/website.ts';
import { keptPerPage, keptPerWebsite } from '../../records/kept-decisions.ts';
import { type PurgeRow, purged } from '../../records/page-conditions.ts';
import { coversPage } from '../changes/purges.ts';
import type { Database, Statements } from '../connection/database.ts';
import { type FailureOptions, noteFailures, noteWorked } from './failures.ts';

// Rows that are written at once: some milliseconds.
const batch = 200;

export async function noteDecisions(
  db: Database,
  decisions: readonly PageDecision[],
  worked: readonly WorkedPage[],
  options: FailureOptions,
): Promise<void> {
  for (const rest = [...decisions]; rest.length > 0; ) {
    const some = rest.splice(0, batch);
    const websites = some.map(({ websiteId }) => websiteId);
    const targets = some.map(({ target }) => target);
    const texts = some.map(({ decision }) => JSON.stringify(decision));
    await db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO decisions (website_id, target, decision)
        SELECT * FROM unnest(${websites}::bigint[], ${targets}::text[], ${texts}::text[])`);
      await tx.run(sql`DELETE FROM decisions WHERE id IN (
        SELECT older.id FROM (SELECT DISTINCT * FROM unnest(${websites}::bigint[], ${targets}::text[])) AS page (website_id, target),
          LATERAL (SELECT id FROM decisions WHERE decisions.website_id = page.website_id
            AND decisions.target = page.target COLLATE "C" ORDER BY id DESC OFFSET ${keptPerPage}) AS older
        ORDER BY older.id)`);
      await noteFailures(tx, some, options);
    });
  }
  await noteWorked(db, worked, options);
}

export async function decisionsOf(db: Statements, websiteId: WebsiteId, target: Target): Promise<Decision[]> {
  const rows = await db.all(sql<{ decision: string }>`SELECT decision FROM decisions
    WHERE website_id = ${websiteId} AND target = ${target} ORDER BY id DESC LIMIT ${keptPerPage}`);
  const noted = rows.map(({ decision }) => JSON.parse(decision) as Decision);
  const purges = await db.all(sql<PurgeRow>`SELECT at, why, actor FROM purges WHERE ${coversPage(websiteId, target)}`);
  return [...noted, ...purges.map(purged)].sort((a, b) => b.at - a.at);
}

/** Keeps the last decisions of each website, and none of removed websites. */
export async function dropOldDecisions(db: Statements): Promise<void> {
  const websites = await db.all(sql<{ website_id: number; known: boolean }>`
    SELECT website_id, EXISTS (SELECT FROM websites WHERE id = website_id) AS known
    FROM (SELECT DISTINCT website_id FROM decisions) AS each`);
  for (const { website_id, known } of websites) {
    const keep = known ? keptPerWebsite : 0;
    const older = sql`SELECT id FROM decisions WHERE website_id = ${website_id} ORDER BY id DESC LIMIT ${batch} OFFSET ${keep}`;
    while ((await db.run(sql`DELETE FROM decisions WHERE id IN (${older})`)) === batch);
  }
}
