import type { Timers } from '../../model/timers.ts';
import type { Clock } from '../../model/units.ts';
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

  /** The quota of one renewal, taken once however many steps it has. */
  renewal(request: CardRequest): RenewalQuota {
    const { id, settings } = request.website;
    let [client, website] = [false, false];
    const takeClient = async () => {
      if (!client) await this.#take(this.#clients, request.client(), 'client', 'you');
      client = true;
    };
    const takeWebsite = async () => {
      const own = settings.rendersPerMinute ?? Number.POSITIVE_INFINITY;
      if (!website) await this.#take(this.#websites, String(id), 'website', 'this website', own);
      website = true;
    };
    return {
      async fetch(isKept) {
        await takeClient();
        // An invented path costs as much as a render, so that a flood of them stays as small.
        if (!isKept) await takeWebsite();
      },
      async render() {
        await takeClient();
        await takeWebsite();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#websites[Symbol.asyncDispose]();
    await this.#clients[Symbol.asyncDispose]();
  }

  async #take(
    rate: SharedRate,
    key: string,
    policy: 'client' | 'website',
    whose: string,
    own = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    const perMinute = Math.min(own, rate.perMinute);
    const wait = await rate.take(key, perMinute);
    if (wait === 0) return;
    if (policy === 'website') this.#onWebsiteQuota?.(Number(key) as WebsiteId, perMinute);
    const message = `Too many new cards: ${whose} may request ${perMinute} per minute.`;
    throw quotaUsedUp({ wait, policy, quota: perMinute, message });
  }
}

/** Rejects with the problem `too-many-requests`, before the work begins. */
export interface RenewalQuota {
  /** Before a fetch. `isKept`: for a card that exists already. */
  fetch(isKept: boolean): Promise<void>;
  render(): Promise<void>;
}
