import { Problem } from '../../model/problem.ts';
import type { Clock } from '../../model/units.ts';
import type { CardRequest } from '../request.ts';
import { Rate } from './rate.ts';

export interface QuotasOptions {
  readonly clock: Clock;
  /** Renders and first fetches per website and minute; a website's own setting may only lower it. */
  readonly websitePerMinute: number;
  /** Renewals per client and minute. */
  readonly clientPerMinute: number;
}

/** Rate limits. Only fetches and renders count; kept cards are free. */
export class Quotas {
  readonly #clock: Clock;
  readonly #websites: Rate;
  readonly #clients: Rate;

  constructor({ clock, websitePerMinute, clientPerMinute }: QuotasOptions) {
    this.#clock = clock;
    this.#websites = new Rate(websitePerMinute);
    this.#clients = new Rate(clientPerMinute);
  }

  /** The quota of one renewal, taken once however many steps it has. */
  renewal(request: CardRequest): RenewalQuota {
    const { id, settings } = request.website;
    let [client, website] = [false, false];
    const takeClient = () => {
      if (!client) this.#take(this.#clients, request.client(), 'client', 'you');
      client = true;
    };
    const takeWebsite = () => {
      const own = settings.rendersPerMinute ?? Number.POSITIVE_INFINITY;
      if (!website) this.#take(this.#websites, String(id), 'website', 'this website', own);
      website = true;
    };
    return {
      fetch(isKept) {
        takeClient();
        // An invented path costs as much as a render, so that a flood of them stays as small.
        if (!isKept) takeWebsite();
      },
      render() {
        takeClient();
        takeWebsite();
      },
    };
  }

  #take(rate: Rate, key: string, policy: 'client' | 'website', whose: string, own = Number.POSITIVE_INFINITY): void {
    const perMinute = Math.min(own, rate.perMinute);
    const wait = rate.take(key, this.#clock.now(), perMinute);
    if (wait === 0) return;
    const message = `Too many new cards: ${whose} may request ${perMinute} per minute.`;
    const facts = { retryAfter: Math.ceil(wait / 1000), policy, quota: perMinute, window: 60 };
    throw new Problem('too-many-requests', message, facts);
  }
}

/** @throws {Problem} `too-many-requests`, before the work begins. */
export interface RenewalQuota {
  /** Before a fetch. `isKept`: for a card that exists already. */
  fetch(isKept: boolean): void;
  render(): void;
}
