import type { Timers } from '../../model/timers.ts';
import type { Clock, Milliseconds } from '../../model/units.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Limits } from '../../store/ports/limits.ts';
import type { CardRequest } from '../request.ts';
import { quotaUsedUp } from './quota-used-up.ts';
import { SharedRate } from './shared-rate.ts';

export interface QuotasOptions {
  readonly limits: Limits;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onStoreFailure: (error: unknown) => void;
  /** Renders and first fetches per website and minute; a website's own setting may only lower it. */
  readonly websitePerMinute: number;
  /** Renewals per client and minute. */
  readonly clientPerMinute: number;
  /** Called when a website has used up its quota. */
  readonly onWebsiteQuota?: (id: WebsiteId, perMinute: number) => void;
}

/** Rate limits of all processes together. Only fetches and renders count; kept cards are free. */
export class Quotas implements AsyncDisposable {
  readonly #websites: SharedRate;
  readonly #clients: SharedRate;
  readonly #onWebsiteQuota: QuotasOptions['onWebsiteQuota'];

  constructor({ limits, clock, timers, onStoreFailure: onFailure, onWebsiteQuota, ...perMinute }: QuotasOptions) {
    this.#onWebsiteQuota = onWebsiteQuota;
    const shared = { limits, clock, timers, onFailure };
    this.#websites = new SharedRate({ ...shared, name: 'website', perMinute: perMinute.websitePerMinute });
    this.#clients = new SharedRate({ ...shared, name: 'client', perMinute: perMinute.clientPerMinute });
  }

  /** The quota of one renewal, taken once however many steps it has. A renewal that is refused ends. */
  renewal(request: CardRequest): RenewalQuota {
    const { id, settings } = request.website;
    return new OneRenewal(
      () => this.#take(this.#clients, request.client(), 'client', 'you'),
      () => this.#take(this.#websites, String(id), 'website', 'this website', settings.rendersPerMinute ?? undefined),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#websites[Symbol.asyncDispose]();
    await this.#clients[Symbol.asyncDispose]();
  }

  /** Undefined where it need not wait for other processes. */
  #take(
    rate: SharedRate,
    key: string,
    policy: 'client' | 'website',
    whose: string,
    own = Number.POSITIVE_INFINITY,
  ): Promise<void> | undefined {
    const perMinute = Math.min(own, rate.perMinute);
    const afterWait = (wait: Milliseconds) => {
      if (wait === 0) return undefined;
      if (policy === 'website') this.#onWebsiteQuota?.(Number(key) as WebsiteId, perMinute);
      const message = `Too many new cards: ${whose} may request ${perMinute} per minute.`;
      throw quotaUsedUp({ wait, policy, quota: perMinute, message });
    };
    const wait = rate.take(key, perMinute);
    return typeof wait === 'number' ? afterWait(wait) : wait.then(afterWait);
  }
}

class OneRenewal implements RenewalQuota {
  readonly #takeClient: () => Promise<void> | undefined;
  readonly #takeWebsite: () => Promise<void> | undefined;
  #client = false;
  #website = false;

  constructor(takeClient: () => Promise<void> | undefined, takeWebsite: () => Promise<void> | undefined) {
    this.#takeClient = takeClient;
    this.#takeWebsite = takeWebsite;
  }

  /** An invented path costs as much as a render, so that a flood of them stays as small. */
  fetch(isKept: boolean): Promise<void> | undefined {
    return isKept ? this.#ofClient() : this.render();
  }

  async render(): Promise<void> {
    await this.#ofClient();
    if (this.#website) return;
    this.#website = true;
    await this.#takeWebsite();
  }

  #ofClient(): Promise<void> | undefined {
    if (this.#client) return undefined;
    this.#client = true;
    return this.#takeClient();
  }
}

/** Throws or rejects with the problem `too-many-requests`, before the work begins. */
export interface RenewalQuota {
  /** Before a fetch; undefined if it may begin. `isKept`: for a card that exists already. */
  fetch(isKept: boolean): Promise<void> | undefined;
  render(): Promise<void>;
}
