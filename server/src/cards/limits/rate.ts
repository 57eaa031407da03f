import { LRUCache } from 'lru-cache';
import type { EpochMs } from '../../model/units.ts';

const windowMs = 60_000;

// Some 10 MB. Whoever invents more addresses than this than are remembered has a full quota with each of them anyway.
const mostRemembered = 50_000;

/**
 * So much a minute for each of many, by the generic cell rate algorithm: a minute's quota may be used at once, and comes
 * back evenly. One number is kept for each, and the least recently used ones are forgotten.
 */
export class Rate {
  readonly perMinute: number;
  /** When each would be back at a full quota, were nothing more taken. */
  readonly #fullAt = new LRUCache<string, number>({ max: mostRemembered });

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /** Of how many something is known. */
  get remembered(): number {
    return this.#fullAt.size;
  }

  /**
   * Takes one. Gives 0, or, where nothing is left, takes nothing and gives the milliseconds until one is.
   * @param perMinute of this one, where it has a quota of its own. Where that changes, the part that was used stays used.
   */
  take(key: string, now: EpochMs, perMinute = this.perMinute): number {
    const known = this.#fullAt.get(key) ?? now;
    // No quota takes longer than a minute to come back: one that seems to is from before the clock was set back.
    const isFull = known <= now || known > now + windowMs + 1;
    const fullAt = (isFull ? now : known) + windowMs / perMinute;
    const early = fullAt - now - windowMs;
    // Sums of fractions: a thousandth of a millisecond is no time.
    if (early > 0.001) return early;
    this.#fullAt.set(key, fullAt);
    return 0;
  }
}
