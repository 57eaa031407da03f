import type { Website } from '../../../model/website.ts';
import { toWebsite } from '../../records/website-rows.ts';
import type { Database } from '../database.ts';

export function findWebsite(
  db: Database,
  column: 'id' | 'connection' | 'origin',
  value: string | number,
): Website | undefined {
  const row = db.first(db.query.selectFrom('websites').selectAll().where(column, '=', value));
  return row && toWebsite(row);
}
