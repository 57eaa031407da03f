import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import { milliseconds } from '../../model/units.ts';
import type { StoreMeasure } from '../ports/store.ts';
import { countedAtOnce } from '../records/counted-at-once.ts';
import type { Database } from './database.ts';
import { pictureBytes } from './sweep/evict.ts';

export async function measure(db: Database, file: string): Promise<StoreMeasure> {
  const started = performance.now();
  db.first(db.query.selectFrom('websites').select('id').limit(1));
  const latency = milliseconds(performance.now() - started);
  const version = db.execute<{ version: string }>('SELECT sqlite_version() AS version', []).rows[0]?.version ?? '';
  // Ids only grow: there are no more cards than that.
  const { least, most } = db.first(
    db.query
      .selectFrom('cards')
      .select([sql<number | null>`min(id)`.as('least'), sql<number | null>`max(id)`.as('most')]),
  ) ?? { least: null, most: null };
  const isFew = least === null || most === null || most - least < countedAtOnce;
  const sizes = await Promise.all([file, `${file}-wal`].map((path) => stat(path).catch(() => ({ size: 0 }))));
  return {
    database: 'sqlite',
    version,
    bytes: sizes.reduce((sum, { size }) => sum + size, 0),
    latency,
    pictureBytes: isFew ? pictureBytes(db) : null,
  };
}
