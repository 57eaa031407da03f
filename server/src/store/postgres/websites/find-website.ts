import type { Website } from '../../../model/website.ts';
import { toWebsite } from '../../records/website-rows.ts';
import { query, type Statements } from '../connection/database.ts';

export async function findWebsite(
  db: Statements,
  column: 'id' | 'connection' | 'origin' | 'own_host',
  value: string | number,
): Promise<Website | undefined> {
  const row = await db.first(query.selectFrom('websites').selectAll().where(column, '=', value));
  return row && toWebsite(row);
}

/** In a transaction: the website, which nobody else changes until it ends. */
export async function lockWebsite(db: Statements, id: number): Promise<Website | undefined> {
  const row = await db.first(query.selectFrom('websites').selectAll().where('id', '=', id).forUpdate());
  return row && toWebsite(row);
}
