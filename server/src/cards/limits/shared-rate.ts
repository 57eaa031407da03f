import { createHash } from 'node:crypto';
import type { Timers } from '../../model/timers.ts';
import { type Clock, type Milliseconds, milliseconds } from '../../model/units.ts';
import type { Limits } from '../../store/ports/limits.ts';
import { Rate, windowMs } from './rate.ts';

// Ten processes that take this much each, before they hear of each other, take a tenth too much.
const settledAtOnce = windowMs / 100;
const settleEvery = milliseconds(1000);
// A card is drawn in some 100 ms. While the database is slower, each process limits by itself.
const patience = milliseconds(100);
// Keys that wait for a database that is away; others are each process's own meanwhile.
const mostUnsettled = 10_000;

export interface SharedRateOptions {
  /** Of the keys, among all rates. */
  readonly name: string;
  readonly perMinute: number;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFailure: (error: unknown) => void;
}

/**
 * A rate limit per key for all processes together, within a tenth: each has a bucket of its own, and settles with the
 * others every second, and before it has taken a hundredth of a quota.
 */
export class SharedRate implements AsyncDisposable {
  readonly #options: SharedRateOptions;
  readonly #rate: Rate;
  readonly #unsettled = new Map<string, number>();
  readonly #settling: Disposable;
  #running: Promise<void> = Promise.resolve();

  constructor(options: SharedRateOptions) {
    this.#options = options;
    this.#rate = new Rate(options.perMinute);
    this.#settling = options.timers.every(settleEvery, () => void this.#settle([...this.#unsettled.keys()]));
  }

  get perMinute(): number {
    return this.#rate.perMinute;
  }

  /** As `Rate.take`; at once, unless it has to settle. */
  take(key: string, perMinute = this.perMinute): Milliseconds | Promise<Milliseconds> {
    const wait = this.#rate.take(key, this.#options.clock.now(), perMinute);
    if (wait > 0) return milliseconds(wait);
    const cost = windowMs / perMinute;
    return this.#add(key, cost) < settledAtOnce ? milliseconds(0) : this.#takeSettled(key, cost);
  }

  async #takeSettled(key: string, cost: number): Promise<Milliseconds> {
    const { clock } = this.#options;
    await this.#settleInTime(key);
    // Others took it meanwhile.
    const used = this.#rate.used(key, clock.now());
    const early = used - windowMs;
    if (early <= 0.001) return milliseconds(0);
    this.#add(key, -cost);
    this.#rate.setUsed(key, clock.now(), used - cost);
    return milliseconds(early);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#settling[Symbol.dispose]();
    await this.#settle([...this.#unsettled.keys()]);
  }

  #add(key: string, cost: number): number {
    const unsettled = (this.#unsettled.get(key) ?? 0) + cost;
    if (unsettled === 0) this.#unsettled.delete(key);
    else if (this.#unsettled.size < mostUnsettled || this.#unsettled.has(key)) this.#unsettled.set(key, unsettled);
    return unsettled;
  }

  async #settleInTime(key: string): Promise<void> {
    const settled = new AbortController();
    const tooLong = this.#options.timers.pause(patience, settled.signal).catch(() => {});
    await Promise.race([this.#settle([key]), tooLong]);
    settled.abort();
  }

  /** One after the other. Never rejects. */
  #settle(keys: readonly string[]): Promise<void> {
    this.#running = this.#running.then(() => this.#settleNow(keys));
    return this.#running;
  }

  async #settleNow(keys: readonly string[]): Promise<void> {
    const { name, limits, clock, onFailure } = this.#options;
    const taken = new Map<string, number>();
    for (const key of keys) {
      const cost = this.#unsettled.get(key);
      if (cost === undefined) continue; // settled meanwhile
      taken.set(key, cost);
      this.#unsettled.delete(key);
    }
    if (taken.size === 0) return;
    // Addresses of clients are nobody's business, in backups least of all.
    const keyOf = new Map([...taken.keys()].map((key) => [key, hash(`${name} ${key}`)]));
    try {
      const used = await limits.settle(
        new Map([...taken].map(([key, ms]) => [keyOf.get(key) ?? '', milliseconds(ms)])),
      );
      for (const key of taken.keys()) {
        const byAll = used.get(keyOf.get(key) ?? '');
        if (byAll !== undefined) this.#rate.setUsed(key, clock.now(), byAll + (this.#unsettled.get(key) ?? 0));
      }
    } catch (error) {
      for (const [key, cost] of taken) this.#add(key, cost);
      onFailure(error);
    }
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
