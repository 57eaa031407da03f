import { Failure } from './errors.ts';

// A place in the queue comes free within about this: the middle of a render's time, rounded up.
const retryAfterSeconds = 2;

interface Waiting {
  readonly start: () => void;
  readonly giveUp: (failure: Failure) => void;
}

/** Lets so many pieces of work run at once and so many wait; the next one is turned away at once. */
export class Queue {
  readonly #places: number;
  readonly #limit: number;
  readonly #waiting = new Set<Waiting>();
  #running = 0;
  #stopped = false;
  #onIdle: Array<() => void> = [];

  constructor(places: number, limit: number) {
    this.#places = places;
    this.#limit = limit;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get running(): number {
    return this.#running;
  }

  /** Whether work would start at once. */
  get hasPlace(): boolean {
    return this.#running < this.#places;
  }

  /**
   * @throws {Failure} `queue-full` at once; the signal's reason, or `stopping`, where it aborts while the work waits;
   * `stopping` where the queue stops.
   */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#place(signal);
    try {
      return await work();
    } finally {
      this.#running--;
      this.#startNext();
      if (this.#running === 0) for (const told of this.#onIdle.splice(0)) told();
    }
  }

  /** Turns away who waits and who comes. */
  stop(): void {
    this.#stopped = true;
    for (const { giveUp } of this.#waiting) giveUp(stopping());
    this.#waiting.clear();
  }

  /** Resolves when nothing runs. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle.push(resolve);
    return promise;
  }

  #place(signal?: AbortSignal): Promise<void> {
    if (this.#stopped || signal?.aborted === true) return Promise.reject(reasonOf(signal));
    if (this.hasPlace) {
      this.#running++;
      return Promise.resolve();
    }
    if (this.#waiting.size >= this.#limit) {
      const message = 'As many cards as may wait are waiting already. Try again in a moment.';
      return Promise.reject(new Failure('queue-full', message, { retryAfter: retryAfterSeconds }));
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (this.#waiting.delete(entry)) reject(reasonOf(signal));
      };
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
        giveUp: (failure) => {
          signal?.removeEventListener('abort', leave);
          reject(failure);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.add(entry);
    });
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (next === undefined || !this.hasPlace) return;
    this.#waiting.delete(next);
    this.#running++;
    next.start();
  }
}

function reasonOf(signal: AbortSignal | undefined): Failure {
  return signal?.reason instanceof Failure ? signal.reason : stopping();
}

function stopping(): Failure {
  return new Failure('stopping', 'The service is stopping.');
}
