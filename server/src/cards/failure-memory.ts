import { LRUCache } from 'lru-cache';
import type { Change } from '../model/change.ts';
import type { Problem } from '../model/problem.ts';
import { type EpochMs, epochMs, type Milliseconds, type Seconds } from '../model/units.ts';
import { covers } from './kept-memory.ts';

// The longest that an origin's Retry-After is followed: a typing error there should not lose a page for a day.
const longest = 5 * 60_000;

/** What failed lately, so that a broken page is not hammered. */
export class FailureMemory {
  readonly #failures = new LRUCache<string, { readonly failure: Problem; readonly until: EpochMs }>({ max: 10_000 });
  readonly #span: Milliseconds;

  constructor(span: Milliseconds) {
    this.#span = span;
  }

  /** The failure that is still remembered for the key. A clock set back forgets it. */
  get(key: string, now: EpochMs): Problem | undefined {
    const kept = this.#failures.get(key);
    if (kept === undefined) return undefined;
    if (now < kept.until && kept.until - now <= longest) return kept.failure;
    this.#failures.delete(key);
    return undefined;
  }

  /** @param retryAfter how long the origin asked to be left alone, where it did. */
  remember(key: string, failure: Problem, now: EpochMs, retryAfter: Seconds | undefined): void {
    const span = Math.min(Math.max(this.#span, (retryAfter ?? 0) * 1000), longest);
    if (span > 0) this.#failures.set(key, { failure, until: epochMs(now + span) });
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  follow(change: Change): void {
    for (const key of this.#failures.keys()) if (covers(change, key)) this.#failures.delete(key);
  }
}
