import { LRUCache } from 'lru-cache';
import { SteadyTime } from '../../model/steady-time.ts';
import type { EpochMs } from '../../model/units.ts';

/** A quota comes back within this time. */
export const windowMs = 60_000;

// Some 10 MB. A client with more addresses than this has a full quota with each of them anyway.
const mostRemembered = 50_000;

/**
 * A rate limit per key, by the generic cell rate algorithm: a minute's quota may be used at once and comes back evenly.
 * One number is kept per key; the least recently used keys are forgotten. A clock that is set back neither gives a quota
 * back nor holds it back.
 */
export class Rate {
  readonly perMinute: number;
  /** When each key would be back at its full quota if nothing more were taken. */
  readonly #fullAt = new LRUCache<string, number>({ max: mostRemembered });
  readonly #time = new SteadyTime();

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /** The number of keys that are remembered. */
  get remembered(): number {
    return this.#fullAt.size;
  }

  /**
   * Takes one and returns 0, or, when none is left, takes nothing and returns the milliseconds until one is.
   * @param perMinute this key's own quota. When it changes, the part that was used stays used.
   */
  take(key: string, now: EpochMs, perMinute = this.perMinute): number {
    const used = this.used(key, now) + windowMs / perMinute;
    const early = used - windowMs;
    // Rounding: less than a thousandth of a millisecond is not a wait.
    if (early > 0.001) return early;
    this.setUsed(key, now, used);
    return 0;
  }

  /** The milliseconds until the key is back at its full quota if nothing more is taken. */
  used(key: string, now: EpochMs): number {
    return Math.max(0, (this.#fullAt.get(key) ?? 0) - this.#time.at(now));
  }

  /** @param used as `used` tells it, where others know better. */
  setUsed(key: string, now: EpochMs, used: number): void {
    this.#fullAt.set(key, this.#time.at(now) + used);
  }
}
