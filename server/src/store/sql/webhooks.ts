import { type Kysely, type Selectable, sql } from 'kysely';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';
import type { Delivery, Webhook, WebhookEvent, Webhooks } from '../ports/webhooks.ts';
import type { SharedSchema } from './schema.ts';
import { targetHash } from './target-hash.ts';

export function webhooks(db: Kysely<SharedSchema>): Webhooks {
  return {
    async create({ websiteId, url, events, salt, createdAt }, most) {
      const others = db
        .selectFrom('webhooks')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('website_id', '=', websiteId);
      const website = db
        .selectFrom('websites')
        .select([
          'id',
          sql<string>`${url}`.as('url'),
          sql<string>`${JSON.stringify(events)}`.as('events'),
          sql<string>`${salt}`.as('salt'),
          sql<number>`CAST(${createdAt} AS BIGINT)`.as('created_at'),
        ])
        .where('id', '=', websiteId)
        .where(sql<boolean>`(${others}) < ${most}`);
      const made = await db
        .insertInto('webhooks')
        .columns(['website_id', 'url', 'events', 'salt', 'created_at'])
        .expression(website)
        .returning('id')
        .executeTakeFirst();
      return made && Number(made.id);
    },

    async of(websiteId) {
      const own = db.selectFrom('webhooks').selectAll().where('website_id', '=', websiteId);
      return (await own.orderBy('id').execute()).map(toWebhook);
    },

    async find(id) {
      const row = await db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toWebhook(row);
    },

    async disable(id, at) {
      const one = db.updateTable('webhooks').set({ disabled_at: at }).where('id', '=', id);
      return (await one.where('disabled_at', 'is', null).executeTakeFirst()).numUpdatedRows > 0;
    },

    async remove(websiteId, id) {
      const one = db.deleteFrom('webhooks').where('website_id', '=', websiteId).where('id', '=', id);
      return (await one.executeTakeFirst()).numDeletedRows > 0;
    },

    async websites() {
      const used = db.selectFrom('webhooks').select('website_id').distinct().where('disabled_at', 'is', null);
      return (await used.execute()).map((row) => Number(row.website_id) as WebsiteId);
    },

    async enqueue({ webhookId, messageId, event, body, createdAt }, most) {
      const waiting = db
        .selectFrom('webhook_deliveries')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('webhook_id', '=', webhookId)
        .where('next_at', 'is not', null);
      const webhook = db
        .selectFrom('webhooks')
        .select([
          'id',
          sql<string>`${messageId}`.as('message_id'),
          sql<WebhookEvent>`${event}`.as('event'),
          sql<string>`${body}`.as('body'),
          sql<number>`CAST(${createdAt} AS BIGINT)`.as('created_at'),
          sql<number>`CAST(${createdAt} AS BIGINT)`.as('next_at'),
        ])
        .where('id', '=', webhookId)
        .where(sql<boolean>`(${waiting}) < ${most}`);
      const made = await db
        .insertInto('webhook_deliveries')
        .columns(['webhook_id', 'message_id', 'event', 'body', 'created_at', 'next_at'])
        .expression(webhook)
        .returning('id')
        .executeTakeFirst();
      return made !== undefined;
    },

    async due(now, limit) {
      const due = db.selectFrom('webhook_deliveries').selectAll().where('next_at', '<=', now);
      return (await due.orderBy('next_at').limit(limit).execute()).map(toDelivery);
    },

    async claim({ id, nextAt, attempts }, until) {
      const claimed = await db
        .updateTable('webhook_deliveries')
        .set({ next_at: until, attempts: attempts + 1 })
        .where('id', '=', id)
        .where('next_at', '=', nextAt)
        .executeTakeFirst();
      return claimed.numUpdatedRows > 0;
    },

    async settle(id, result, answer, nextAt) {
      await db
        .updateTable('webhook_deliveries')
        .set({ result, answer, next_at: nextAt })
        .where('id', '=', id)
        .execute();
    },

    async deliveries(webhookId, limit) {
      const own = db.selectFrom('webhook_deliveries').selectAll().where('webhook_id', '=', webhookId);
      return (await own.orderBy('id', 'desc').limit(limit).execute()).map(toDelivery);
    },

    async forgetDeliveries(before) {
      const over = db.deleteFrom('webhook_deliveries').where('next_at', 'is', null);
      await over.where('created_at', '<', before).execute();
    },

    async reported(websiteId) {
      const rows = await db.selectFrom('reported_pages').select('target').where('website_id', '=', websiteId).execute();
      return rows.map(({ target }) => target as Target);
    },

    async report(websiteId, target) {
      const website = db
        .selectFrom('websites')
        .select(['id', sql<string>`${target}`.as('target'), sql<string>`${targetHash(target)}`.as('target_hash')])
        .where('id', '=', websiteId);
      const made = await db
        .insertInto('reported_pages')
        .columns(['website_id', 'target', 'target_hash'])
        .expression(website)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async unreport(websiteId, target) {
      const one = db.deleteFrom('reported_pages').where('website_id', '=', websiteId);
      return (await one.where('target_hash', '=', targetHash(target)).executeTakeFirst()).numDeletedRows > 0;
    },
  };
}

function toWebhook(row: Selectable<SharedSchema['webhooks']>): Webhook {
  return {
    id: Number(row.id),
    websiteId: Number(row.website_id) as WebsiteId,
    url: row.url,
    events: JSON.parse(row.events) as WebhookEvent[],
    salt: row.salt,
    createdAt: epochMs(Number(row.created_at)),
    disabledAt: timeOrNull(row.disabled_at),
  };
}

function toDelivery(row: Selectable<SharedSchema['webhook_deliveries']>): Delivery {
  return {
    id: Number(row.id),
    webhookId: Number(row.webhook_id),
    messageId: row.message_id,
    event: row.event,
    body: row.body,
    createdAt: epochMs(Number(row.created_at)),
    attempts: Number(row.attempts),
    nextAt: timeOrNull(row.next_at),
    result: row.result,
    answer: row.answer,
  };
}

function timeOrNull(at: number | null): EpochMs | null {
  return at === null ? null : epochMs(Number(at));
}
