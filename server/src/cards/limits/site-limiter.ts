import { Queue, type Turn } from '../../concurrency/queue.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { WebsiteId } from '../../model/website.ts';
import { FetchProblem } from '../../origin/fetch-problem.ts';
import type { SharedPlaces } from './shared-places.ts';

export interface PolitenessOptions {
  /** Those of all processes together. */
  readonly shared: SharedPlaces;
  /** Concurrent fetches per website. */
  readonly places: number;
  /** Waiting fetches per website; further ones are rejected. */
  readonly limit: number;
  /** The longest wait. */
  readonly patience: Milliseconds;
}

/** Limits the concurrent fetches per website, however many cards are requested of however many processes. */
export class SiteLimiter {
  readonly #options: PolitenessOptions;
  readonly #queues = new Map<WebsiteId, Queue>();
  #lastTurn: Turn | undefined;

  constructor(options: PolitenessOptions) {
    this.#options = options;
  }

  /** @throws {Problem} `queue-full` at once, `origin-too-slow` when the wait is too long; as `fetch` does. */
  async run<T>(website: WebsiteId, fetchNow: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { shared } = this.#options;
    const queue = this.#queueOf(website);
    try {
      const waiting = queue.enter(this.#turn(signal));
      const turn = typeof waiting === 'function' ? waiting : await waiting;
      try {
        const taken = shared.take(String(website), signal);
        const place = taken instanceof Promise ? await taken : taken;
        try {
          return await fetchNow();
        } finally {
          if (place !== undefined) shared.give(place);
        }
      } finally {
        queue.leave(turn);
      }
    } finally {
      if (queue.running === 0 && queue.waiting === 0) this.#queues.delete(website);
    }
  }

  #queueOf(website: WebsiteId): Queue {
    const known = this.#queues.get(website);
    if (known !== undefined) return known;
    const { places, limit } = this.#options;
    const queue = new Queue(places, limit);
    this.#queues.set(website, queue);
    return queue;
  }

  /** The same for all of a signal. */
  #turn(signal: AbortSignal): Turn {
    if (this.#lastTurn?.signal !== signal)
      this.#lastTurn = { signal, longest: { wait: this.#options.patience, tooLate } };
    return this.#lastTurn;
  }
}

/** A website's places were taken for too long. */
export function tooLate(): FetchProblem {
  const message = 'Too many other pages of this website were being fetched. Try again.';
  return new FetchProblem('origin-too-slow', message, { mayServeKept: true });
}
