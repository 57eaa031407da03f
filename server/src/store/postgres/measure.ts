import { sql } from 'kysely';
import { milliseconds } from '../../model/units.ts';
import type { StoreMeasure } from '../ports/store.ts';
import { countedAtOnce } from '../records/counted-at-once.ts';
import type { Database } from './connection/database.ts';
import { pictureBytes } from './sweep/evict.ts';

export async function measure(db: Database): Promise<StoreMeasure> {
  const started = performance.now();
  await db.first(sql`SELECT id FROM websites LIMIT 1`);
  const latency = milliseconds(performance.now() - started);
  const found = await db.first(sql<{ version: string; bytes: string; least: number | null; most: number | null }>`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
      (SELECT min(id) FROM cards) AS least, (SELECT max(id) FROM cards) AS most`);
  const { version = '', bytes = 0, least = null, most = null } = found ?? {};
  // Ids only grow: there are no more cards than that.
  const isFew = least === null || most === null || Number(most) - Number(least) < countedAtOnce;
  return {
    database: 'postgres',
    version,
    bytes: Number(bytes),
    latency,
    pictureBytes: isFew ? await pictureBytes(db) : null,
  };
}
