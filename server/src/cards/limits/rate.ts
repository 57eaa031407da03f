import { LRUCache } from 'lru-cache';
import type { EpochMs } from '../../model/units.ts';

/** A quota comes back within this time. */
export const windowMs = 60_000;

// Some 10 MB. A client with more addresses than this has a full quota with each of them anyway.
const mostRemembered = 50_000;

/**
 * A rate limit per key, by the generic cell rate algorithm: a minute's quota may be used at once and comes back evenly.
 * One number is kept per key; the least recently used keys are forgotten.
 */
export class Rate {
  readonly perMinute: number;
  /** When each key would be back at its full quota if nothing more were taken. */
  readonly #fullAt = new LRUCache<string, number>({ max: mostRemembered });

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
    const fullAt = this.fullAt(key, now) + windowMs / perMinute;
    const early = fullAt - now - windowMs;
    // Rounding: less than a thousandth of a millisecond is not a wait.
    if (early > 0.001) return early;
    this.#fullAt.set(key, fullAt);
    return 0;
  }

  /** When the key is back at its full quota if nothing more is taken; `now` if it is. */
  fullAt(key: string, now: EpochMs): number {
    const known = this.#fullAt.get(key) ?? now;
    // A quota comes back within a minute, or a little more where others share it: a later time is from before the clock
    // was set back.
    const isFull = known <= now || known > now + 2 * windowMs;
    return isFull ? now : known;
  }

  /** What others took, or what is given back. */
  add(key: string, now: EpochMs, ms: number): void {
    this.set(key, this.fullAt(key, now) + ms);
  }

  set(key: string, fullAt: number): void {
    this.#fullAt.set(key, fullAt);
  }
}
