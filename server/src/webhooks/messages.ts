import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import type { Webhook, WebhookEvent } from '../store/ports/webhooks.ts';

// A receiver that is down for a while; more would only repeat what it will see anyway.
const mostWaiting = 500;

/** Queues an event for one webhook. Returns false if too many wait. */
export function enqueue(
  { webhooks }: Store,
  { id }: Webhook,
  event: WebhookEvent | 'test',
  data: object,
  now: EpochMs,
): Promise<boolean> {
  const messageId = `msg_${randomBytes(16).toString('base64url')}`;
  // Standard Webhooks: a type, when it happened, and the data.
  const body = JSON.stringify({ type: event, timestamp: new Date(now).toISOString(), data });
  return webhooks.enqueue({ webhookId: id, messageId, event, body, createdAt: now }, mostWaiting);
}

/** Queues an event for every webhook of the website that wants it. */
export async function announce(
  store: Store,
  website: Website,
  event: WebhookEvent,
  data: object,
  now: EpochMs,
): Promise<void> {
  const about = { website: { id: website.id, origin: website.origin }, ...data };
  for (const webhook of await store.webhooks.of(website.id)) {
    const wantsIt = webhook.disabledAt === null && webhook.events.includes(event);
    if (wantsIt) await enqueue(store, webhook, event, about, now);
  }
}
