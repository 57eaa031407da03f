import type { EpochMs } from '../../model/units.ts';
import type { Target, WebsiteId } from '../../model/website.ts';

export const webhookEvents = ['page.failing', 'page.recovered', 'quota.reached'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

interface NewWebhook {
  readonly websiteId: WebsiteId;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Random; the secret is derived from it and stored nowhere. */
  readonly salt: string;
  readonly createdAt: EpochMs;
}

export interface Webhook extends NewWebhook {
  readonly id: number;
  /** When its receiver said that it wants no more (`410`); null while it is in use. */
  readonly disabledAt: EpochMs | null;
}

interface NewDelivery {
  readonly webhookId: number;
  /** The same for every attempt, so that a receiver can tell a repetition. */
  readonly messageId: string;
  readonly event: WebhookEvent | 'test';
  /** The body, byte for byte: it is signed. */
  readonly body: string;
  readonly createdAt: EpochMs;
}

export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly attempts: number;
  /** When it is tried next; null once it is over. */
  readonly nextAt: EpochMs | null;
  readonly result: 'delivered' | 'failed' | null;
  /** What the last attempt came to: `204`, or a sentence. */
  readonly answer: string | null;
}

/** Webhooks, what they are sent, and which pages they were told of. They are deleted with their website. */
export interface Webhooks {
  /** Returns its id; undefined if the website was removed, or has `most` of them. */
  create(webhook: NewWebhook, most: number): Promise<number | undefined>;
  of(websiteId: WebsiteId): Promise<Webhook[]>;
  find(id: number): Promise<Webhook | undefined>;
  /** Returns false if it was disabled already. */
  disable(id: number, at: EpochMs): Promise<boolean>;
  remove(websiteId: WebsiteId, id: number): Promise<boolean>;
  /** Websites with one in use. */
  websites(): Promise<WebsiteId[]>;

  /** Queues a delivery, unless `most` of the webhook wait already; returns whether it did. */
  enqueue(delivery: NewDelivery, most: number): Promise<boolean>;
  due(now: EpochMs, limit: number): Promise<Delivery[]>;
  /** Puts it off to `until` for one attempt; returns false if another process was faster. */
  claim(delivery: Delivery, until: EpochMs): Promise<boolean>;
  settle(id: number, result: Delivery['result'], answer: string, nextAt: EpochMs | null): Promise<void>;
  /** Newest first. */
  deliveries(webhookId: number, limit: number): Promise<Delivery[]>;
  /** Removes deliveries that are over and from before. */
  forgetDeliveries(before: EpochMs): Promise<void>;

  /** The pages that the website's webhooks were told of as failing. */
  reported(websiteId: WebsiteId): Promise<Target[]>;
  /** Returns false if it was reported already. */
  report(websiteId: WebsiteId, target: Target): Promise<boolean>;
  /** Returns false if it was not reported. */
  unreport(websiteId: WebsiteId, target: Target): Promise<boolean>;
}
