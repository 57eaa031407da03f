import type { Kysely } from 'kysely';
import { epochMs } from '../../model/units.ts';
import type { NodeReports } from '../ports/node-reports.ts';
import type { SharedSchema } from './schema.ts';

export function nodeReports(db: Kysely<SharedSchema>): NodeReports {
  return {
    async tell({ id, at, report }) {
      const row = { id, at, report };
      await db
        .insertInto('node_reports')
        .values(row)
        .onConflict((same) => same.column('id').doUpdateSet({ at, report }))
        .execute();
    },

    async all() {
      const rows = await db.selectFrom('node_reports').selectAll().orderBy('id').execute();
      return rows.map(({ id, at, report }) => ({ id, at: epochMs(Number(at)), report }));
    },

    async remove(id) {
      await db.deleteFrom('node_reports').where('id', '=', id).execute();
    },

    async forget(before) {
      await db.deleteFrom('node_reports').where('at', '<', before).execute();
    },
  };
}
