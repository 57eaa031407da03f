import { type Kysely, sql } from 'kysely';
import { epochMs } from '../../model/units.ts';
import type { NewProbeRequest, ProbeRequests } from '../ports/probe-requests.ts';
import type { SharedSchema } from './schema.ts';

export function probeRequests(db: Kysely<SharedSchema>): ProbeRequests {
  return {
    async note(linkId, request, most) {
      const link = db
        .selectFrom('links')
        .select(['id', sql<string>`${JSON.stringify(request)}`.as('request')])
        .where('id', '=', linkId);
      await db.insertInto('probe_requests').columns(['link_id', 'request']).expression(link).execute();
      const newest = db.selectFrom('probe_requests').select('id').where('link_id', '=', linkId);
      const kept = newest.orderBy('id', 'desc').limit(most);
      const old = db.deleteFrom('probe_requests').where('link_id', '=', linkId);
      await old.where('id', 'not in', kept).execute();
    },

    async after(linkId, id, limit) {
      const own = db.selectFrom('probe_requests').selectAll().where('link_id', '=', linkId).where('id', '>', id);
      const rows = await own.orderBy('id').limit(limit).execute();
      return rows.map((row) => {
        const request = JSON.parse(row.request) as NewProbeRequest;
        return { ...request, at: epochMs(request.at), id: Number(row.id) };
      });
    },
  };
}
