import { Problem } from '../../model/problem.ts';
import type { Clock } from '../../model/units.ts';
import type { CardRequest } from '../request.ts';
import { Rate } from './rate.ts';

export interface QuotasOptions {
  readonly clock: Clock;
  /** Drawings and first fetches of one website, a minute; a website's own setting may lower it, and never raise it. */
  readonly websitePerMinute: number;
  /** Renewals that one client causes, a minute. */
  readonly clientPerMinute: number;
}

/** What a card may cost. Only work counts, a fetch or a drawing; what is kept costs nobody anything. */
export class Quotas {
  readonly #clock: Clock;
  readonly #websites: Rate;
  readonly #clients: Rate;

  constructor({ clock, websitePerMinute, clientPerMinute }: QuotasOptions) {
    this.#clock = clock;
    this.#websites = new Rate(websitePerMinute);
    this.#clients = new Rate(clientPerMinute);
  }

  /** What one renewal takes, however many steps it has. */
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
        // An invented path costs what a drawing costs, so that a flood of them stays as small.
        if (!isKept) takeWebsite();
      },
      drawing() {
        takeClient();
        takeWebsite();
      },
    };
  }

  #take(rate: Rate, key: string, policy: 'client' | 'website', whose: string, own = Number.POSITIVE_INFINITY): void {
    const perMinute = Math.min(own, rate.perMinute);
    const wait = rate.take(key, this.#clock.now(), perMinute);
    if (wait === 0) return;
    const message = `More new cards are asked for than ${perMinute} a minute, which is what ${whose} may have.`;
    const facts = { retryAfter: Math.ceil(wait / 1000), policy, quota: perMinute, window: 60 };
    throw new Problem('too-many-requests', message, facts);
  }
}

/** @throws {Problem} `too-many-requests`, before the work begins. */
export interface RenewalQuota {
  /** Before a fetch. `isKept`: of a card that is there already. */
  fetch(isKept: boolean): void;
  drawing(): void;
}
