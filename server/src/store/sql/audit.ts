import { type Kysely, type Selectable, sql } from 'kysely';
import { type Actor, type AuditAction, type AuditEntry, actorId } from '../../model/audit.ts';
import { epochMs } from '../../model/units.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { AuditRecords } from '../ports/audit.ts';
import type { SharedSchema } from './schema.ts';

export function auditRecords(db: Kysely<SharedSchema>): AuditRecords {
  const of = (websiteId: WebsiteId) => db.selectFrom('audit_log').where('website_id', '=', websiteId);

  return {
    async note({ websiteId, at, actor, action: { kind, ...detail }, address }, most) {
      // Room first: whoever writes an entry that failed half-way again has it once.
      const ids = of(websiteId).select('id').where('kind', '=', kind).orderBy('id', 'desc');
      const surplus = ids.limit(1).offset(most - 1);
      const old = db.deleteFrom('audit_log').where('website_id', '=', websiteId).where('kind', '=', kind);
      await old.where('id', '<=', surplus).execute();
      const row = { website_id: websiteId, at, kind, detail: JSON.stringify(detail), address };
      const who = { actor_id: actorId(actor), actor: JSON.stringify(actor) };
      await db
        .insertInto('audit_log')
        .values({ ...row, ...who })
        .execute();
    },

    async of(websiteId, { kinds, actor, limit, before }) {
      const rows = await of(websiteId)
        .selectAll()
        .$if(kinds !== null, (q) => q.where('kind', 'in', kinds ?? []))
        .$if(actor !== null, (q) => q.where('actor_id', '=', actor))
        .$if(before !== null, (q) => q.where('id', '<', before))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toEntry);
    },

    async lastOfEach(websiteId, limit) {
      const newest = of(websiteId).select(sql<number>`max(id)`.as('id')).groupBy('actor_id');
      const rows = await db
        .selectFrom('audit_log')
        .selectAll()
        .where('id', 'in', newest)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toEntry);
    },

    async removed(origin) {
      const removal: AuditAction = { kind: 'website.removed', origin };
      const { kind, ...detail } = removal;
      const rows = db.selectFrom('audit_log').select('website_id').where('kind', '=', kind);
      const own = rows.where('detail', '=', JSON.stringify(detail));
      const row = await own.orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row && (Number(row.website_id) as WebsiteId);
    },

    async forget(oldest, addresses) {
      await db.deleteFrom('audit_log').where('at', '<', oldest).execute();
      const known = db.updateTable('audit_log').set({ address: null }).where('address', 'is not', null);
      await known.where('at', '<', addresses).execute();
    },
  };
}

function toEntry(row: Selectable<SharedSchema['audit_log']>): AuditEntry {
  return {
    id: Number(row.id),
    websiteId: Number(row.website_id) as WebsiteId,
    at: epochMs(Number(row.at)),
    actor: JSON.parse(row.actor) as Actor,
    action: { kind: row.kind, ...JSON.parse(row.detail) } as AuditAction,
    address: row.address,
  };
}
