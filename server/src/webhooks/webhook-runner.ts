import { LRUCache } from 'lru-cache';
import type { Decisions } from '../cards/decisions.ts';
import { Queue } from '../concurrency/queue.ts';
import { resultWithin } from '../concurrency/result-within.ts';
import type { AuditAction, NewAuditEntry } from '../model/audit.ts';
import type { Log } from '../model/log.ts';
import { stopping } from '../model/problem.ts';
import { type Clock, epochMs, milliseconds } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import type { Requests } from '../origin/requests.ts';
import type { Store } from '../store/ports/store.ts';
import type { Delivery, Webhook } from '../store/ports/webhooks.ts';
import { tellOfFailingPages } from './failing-pages.ts';
import { announce } from './messages.ts';
import { send } from './send.ts';
import { webhookSecretOf } from './webhook-secret.ts';

export interface WebhookRunnerOptions {
  readonly store: Store;
  readonly audit: { note(who: Omit<NewAuditEntry, 'action' | 'at'>, action: AuditAction): Promise<void> };
  readonly decisions: Decisions;
  readonly requests: Requests;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  readonly software: string;
  readonly log: Pick<Log, 'warn'>;
}

const lookEveryMs = 1000;
// Failures come in waves; a page that fails for a few seconds only is not worth a message.
const failuresEveryMs = 10_000;
const atOnce = 4;
const mostWaiting = 100;
// An attempt ends within 15 s; after this long its process is dead, and another one tries again.
const claimMs = 60_000;
/** standardwebhooks.com: the waits between attempts; some 27 hours in all. */
const waitsMs = [5, 300, 1800, 7200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1000);
const quotaToldEvery = milliseconds(3_600_000);
const quotaLookedAtEveryMs = 60_000;
const keptForMs = 7 * 24 * 3_600_000;
// For attempts under way, when the service stops; those that are cut off are made again.
const stopGrace = milliseconds(1000);

/** Sends webhooks: what is to be sent is in the store, so that a restart loses nothing. */
export class WebhookRunner implements AsyncDisposable {
  readonly #options: WebhookRunnerOptions;
  readonly #stopping = new AbortController();
  readonly #queue = new Queue(atOnce, mostWaiting);
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #busy = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  /** When a website's quota was last looked at: it is used up thousands of times in a flood. */
  readonly #quotas = new LRUCache<Website['id'], number>({ max: 1000 });

  constructor(options: WebhookRunnerOptions) {
    this.#options = options;
    this.#timers = [
      setInterval(() => this.wake(), lookEveryMs).unref(),
      setInterval(() => void this.lookAtPages(), failuresEveryMs).unref(),
    ];
    this.wake();
  }

  /** There may be something to send. */
  wake(): void {
    this.#once('send', () => this.#sendDue());
  }

  /** Some pages may fail, or have recovered. */
  async lookAtPages(): Promise<void> {
    this.#once('look', () => this.#look());
    await this.#busy.get('look');
  }

  /** A website used up its renders per minute; its webhooks are told once an hour. */
  quotaReached(websiteId: Website['id'], perMinute: number): void {
    const { store, clock, log } = this.#options;
    const tell = async () => {
      if (!(await store.webhooks.websites()).includes(websiteId)) return;
      // Never released: whoever gets it tells, for all processes, and nobody else does for an hour.
      const turn = await store.leases.acquire(`quota of website ${websiteId}`, quotaToldEvery);
      const website = turn && (await store.websites.byId(websiteId));
      if (website === undefined) return;
      await announce(store, website, 'quota.reached', { quota: { rendersPerMinute: perMinute } }, clock.now());
      this.wake();
    };
    const last = this.#quotas.get(websiteId);
    if (last !== undefined && clock.now() - last < quotaLookedAtEveryMs) return;
    this.#quotas.set(websiteId, clock.now());
    this.#once(`quota of ${websiteId}`, () => tell().catch((err) => log.warn({ err }, 'webhook not queued')));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopping.abort(stopping());
    this.#queue.stop();
    await resultWithin(stopGrace, Promise.all([...this.#busy.values(), this.#queue.idle()]));
  }

  /** One of a kind at a time; asked for again meanwhile, it is done once more. */
  #once(name: string, work: () => Promise<void>): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#busy.has(name)) {
      this.#again.add(name);
      return;
    }
    const done = work()
      .catch((err) => this.#options.log.warn({ err }, 'webhooks failed; they will be tried again'))
      .finally(() => {
        this.#busy.delete(name);
        if (this.#again.delete(name)) this.#once(name, work);
      });
    this.#busy.set(name, done);
  }

  async #look(): Promise<void> {
    const { store, clock } = this.#options;
    for (const websiteId of await store.webhooks.websites()) await tellOfFailingPages(this.#options, websiteId);
    await store.webhooks.forgetDeliveries(epochMs(clock.now() - keptForMs));
    this.wake();
  }

  async #sendDue(): Promise<void> {
    const { store, clock } = this.#options;
    const due = await store.webhooks.due(clock.now(), mostWaiting - this.#queue.waiting);
    for (const delivery of due) {
      if (this.#stopping.signal.aborted) return;
      if (!(await store.webhooks.claim(delivery, epochMs(clock.now() + claimMs)))) continue;
      const sending = this.#queue.run(() => this.#attempt(delivery), { partition: String(delivery.webhookId) });
      sending.catch((err) => {
        if (!this.#stopping.signal.aborted) this.#options.log.warn({ err }, 'webhook not sent; it will be tried again');
      });
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { store, requests, masterKey, clock, software } = this.#options;
    const webhook = await store.webhooks.find(delivery.webhookId);
    if (webhook === undefined) return;
    if (webhook.disabledAt !== null) {
      await store.webhooks.settle(delivery.id, 'failed', 'The webhook is disabled.', null);
      return;
    }
    const secret = webhookSecretOf(masterKey, webhook.salt);
    const now = clock.now();
    const sent = await send(requests, webhook.url, secret, delivery, now, software, this.#stopping.signal);
    if (sent.kind === 'gone') await this.#disable(webhook);
    const wait = waitsMs[delivery.attempts];
    if (sent.kind === 'failed' && wait !== undefined) {
      await store.webhooks.settle(delivery.id, null, sent.answer, epochMs(clock.now() + wait));
    } else {
      const result = sent.kind === 'delivered' ? 'delivered' : 'failed';
      await store.webhooks.settle(delivery.id, result, sent.answer, null);
    }
  }

  async #disable({ id, websiteId, url }: Webhook): Promise<void> {
    const { store, audit, clock } = this.#options;
    if (!(await store.webhooks.disable(id, clock.now()))) return;
    const who = { websiteId, actor: { kind: 'service' }, address: null } as const;
    await audit.note(who, { kind: 'webhook.disabled', id, host: new URL(url).host });
  }
}
