import { Queue } from '../../concurrency/queue.ts';
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

  constructor(options: PolitenessOptions) {
    this.#options = options;
  }

  /** @throws {Problem} `queue-full` at once, `origin-too-slow` when the wait is too long; as `fetch` does. */
  async run<T>(website: WebsiteId, fetchNow: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { shared, places, limit, patience } = this.#options;
    const fetch = () => shared.run(String(website), fetchNow, signal);
    const queue = this.#queues.get(website) ?? new Queue(places, limit);
    this.#queues.set(website, queue);
    try {
      return await queue.run(fetch, { signal, longest: { wait: patience, tooLate } });
    } finally {
      if (queue.running === 0 && queue.waiting === 0) this.#queues.delete(website);
    }
  }
}

/** A website's places were taken for too long. */
export function tooLate(): FetchProblem {
  const message = 'The website was busy with its other pages for too long. Try again.';
  return new FetchProblem('origin-too-slow', message, { mayServeKept: true });
}
