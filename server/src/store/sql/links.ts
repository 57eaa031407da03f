import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { Link, LinkKind, Links } from '../ports/links.ts';
import type { SharedSchema } from './schema.ts';

export function links(db: Kysely<SharedSchema>): Links {
  const valid = (now: EpochMs) => (row: ExpressionBuilder<SharedSchema, 'links'>) =>
    row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]);

  return {
    async create({ websiteId, kind, tokenHash, salt, name, target, createdAt, expiresAt }, most) {
      const others = db
        .selectFrom('links')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('website_id', '=', websiteId)
        .where('kind', '=', kind)
        .where(valid(createdAt));
      const website = db
        .selectFrom('websites')
        .select([
          'id',
          sql<LinkKind>`${kind}`.as('kind'),
          sql<string>`${tokenHash}`.as('token_hash'),
          sql<string | null>`${salt}`.as('salt'),
          sql<string>`${name}`.as('name'),
          sql<string | null>`${target}`.as('target'),
          sql<number>`CAST(${createdAt} AS BIGINT)`.as('created_at'),
          sql<number | null>`CAST(${expiresAt} AS BIGINT)`.as('expires_at'),
        ])
        .where('id', '=', websiteId)
        .where(sql<boolean>`(${others}) < ${most}`);
      const made = await db
        .insertInto('links')
        .columns(['website_id', 'kind', 'token_hash', 'salt', 'name', 'target', 'created_at', 'expires_at'])
        .expression(website)
        .returning('id')
        .executeTakeFirst();
      return made && Number(made.id);
    },

    async of(websiteId, kind, now) {
      const own = db.selectFrom('links').selectAll().where('website_id', '=', websiteId).where('kind', '=', kind);
      return (await own.where(valid(now)).orderBy('id', 'desc').execute()).map(toLink);
    },

    async find(kind, tokenHash, now) {
      const found = db.selectFrom('links').selectAll().where('token_hash', '=', tokenHash).where('kind', '=', kind);
      const row = await found.where(valid(now)).executeTakeFirst();
      return row && toLink(row);
    },

    async noteUse(id, at) {
      await db.updateTable('links').set({ used_at: at }).where('id', '=', id).execute();
    },

    async remove(websiteId, kind, id) {
      const one = db.deleteFrom('links').where('website_id', '=', websiteId).where('kind', '=', kind);
      return (await one.where('id', '=', id).executeTakeFirst()).numDeletedRows > 0;
    },

    async forget(before) {
      await db.deleteFrom('links').where('expires_at', '<', before).execute();
    },
  };
}

function toLink(row: Selectable<SharedSchema['links']>): Link {
  return {
    id: Number(row.id),
    websiteId: Number(row.website_id) as WebsiteId,
    kind: row.kind,
    tokenHash: row.token_hash,
    salt: row.salt,
    name: row.name,
    target: row.target as Target | null,
    createdAt: epochMs(Number(row.created_at)),
    expiresAt: row.expires_at === null ? null : epochMs(Number(row.expires_at)),
    usedAt: row.used_at === null ? null : epochMs(Number(row.used_at)),
  };
}
