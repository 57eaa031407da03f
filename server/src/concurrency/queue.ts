import { Problem, stopping } from '../model/problem.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import { SlowLane } from './slow-lane.ts';

// A place in the queue comes free within about this: the middle of a render's time, rounded up.
const retryAfterSeconds = 2;

// Ten times what a crawler waits; whoever asked has gone.
const longestWait = milliseconds(30_000);

interface Waiting {
  /** @param end to be called when the work has ended. */
  readonly start: (end: () => void) => void;
  readonly giveUp: (failure: Problem) => void;
}

export interface Turn {
  /** Whose work it is: those who wait take turns, however much each of them wants. */
  readonly partition?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lets so many pieces of work run at once and so many wait. Partitions take turns; where no more may wait, the one that
 * has most waiting gives way: its newest is turned away. Those whose work takes long share a part of the places.
 */
export class Queue {
  readonly #places: number;
  readonly #limit: number;
  /** Each partition's own queue, oldest first; the partitions in the order of their turns. None is empty. */
  readonly #partitions = new Map<string, Set<Waiting>>();
  readonly #longest: Milliseconds;
  readonly #slow: SlowLane;
  /** Looks again once those whose work takes long may start. */
  #lookAgain: NodeJS.Timeout | undefined;
  #waiting = 0;
  #running = 0;
  #stopped = false;
  #onIdle: Array<() => void> = [];

  /** @param now milliseconds of a clock that is never set. */
  constructor(places: number, limit: number, longest = longestWait, now = () => performance.now()) {
    this.#places = places;
    this.#slow = new SlowLane(places, now);
    this.#limit = limit;
    this.#longest = longest;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  /** Whether work would start at once. */
  get hasPlace(): boolean {
    return this.#running < this.#places;
  }

  /**
   * @throws {Problem} `queue-full` at once; later where others come that have less waiting, or where its turn does not come
   * in time; the signal's reason, or
   * `stopping`, where it aborts while the work waits; `stopping` where the queue stops.
   */
  async run<T>(work: () => Promise<T>, turn: Turn = {}): Promise<T> {
    const end = await this.#place(turn);
    try {
      return await work();
    } finally {
      end();
      this.#running--;
      this.#startNext();
      if (this.#running === 0) for (const told of this.#onIdle.splice(0)) told();
    }
  }

  /** Turns away who waits and who comes. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#lookAgain);
    const all = [...this.#partitions.values()].flatMap((waiting) => [...waiting]);
    this.#partitions.clear();
    this.#waiting = 0;
    for (const { giveUp } of all) giveUp(stopping());
  }

  /** Resolves when nothing runs. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle.push(resolve);
    return promise;
  }

  #place({ partition = '', signal }: Turn): Promise<() => void> {
    if (this.#stopped || signal?.aborted === true) return Promise.reject(reasonOf(signal));
    if (this.hasPlace && this.#slow.closedFor(partition) === 0) return Promise.resolve(this.#begin(partition));
    if (this.#waiting >= this.#limit && !this.#makeRoomFor(partition)) return Promise.reject(this.#full());
    return new Promise((resolve, reject) => {
      const leave = (failure: Problem) => {
        if (this.#remove(partition, entry)) entry.giveUp(failure);
      };
      const aborted = () => leave(reasonOf(signal));
      const late = setTimeout(() => leave(this.#full()), this.#longest);
      const settle = () => {
        clearTimeout(late);
        signal?.removeEventListener('abort', aborted);
      };
      const entry: Waiting = {
        start: (end) => {
          settle();
          resolve(end);
        },
        giveUp: (failure) => {
          settle();
          reject(failure);
        },
      };
      signal?.addEventListener('abort', aborted, { once: true });
      const waiting = this.#partitions.get(partition);
      if (waiting === undefined) this.#partitions.set(partition, new Set([entry]));
      else waiting.add(entry);
      this.#waiting++;
      this.#startNext(); // for who has to wait for a while although there is a place
    });
  }

  /** Takes the newest from whoever has most waiting, where that is more than the newcomer would have. */
  #makeRoomFor(partition: string): boolean {
    const own = this.#partitions.get(partition)?.size ?? 0;
    let [most, longest] = ['', 0];
    for (const [name, { size }] of this.#partitions) if (size > longest) [most, longest] = [name, size];
    const newest = [...(this.#partitions.get(most) ?? [])].at(-1);
    if (newest === undefined || longest <= own + 1) return false;
    this.#remove(most, newest);
    newest.giveUp(this.#full());
    return true;
  }

  #startNext(): void {
    clearTimeout(this.#lookAgain);
    let opens = Number.POSITIVE_INFINITY;
    for (const [partition, waiting] of this.#partitions) {
      if (!this.hasPlace) return;
      const closed = this.#slow.closedFor(partition);
      opens = Math.min(opens, closed > 0 ? closed : opens);
      const [first] = waiting;
      if (closed > 0 || first === undefined) continue;
      this.#remove(partition, first);
      // Its turn is over: the others come before it again.
      if (this.#partitions.delete(partition)) this.#partitions.set(partition, waiting);
      first.start(this.#begin(partition));
      return;
    }
    if (opens !== Number.POSITIVE_INFINITY) this.#lookAgain = setTimeout(() => this.#startNext(), opens).unref();
  }

  #begin(partition: string): () => void {
    this.#running++;
    return this.#slow.begin(partition);
  }

  /** Gives whether it waited. */
  #remove(partition: string, entry: Waiting): boolean {
    const waiting = this.#partitions.get(partition);
    if (waiting?.delete(entry) !== true) return false;
    if (waiting.size === 0) this.#partitions.delete(partition);
    this.#waiting--;
    return true;
  }

  #full(): Problem {
    const message = 'As many cards as may wait are waiting already. Try again in a moment.';
    return new Problem('queue-full', message, { retryAfter: retryAfterSeconds, policy: 'queue', quota: this.#limit });
  }
}

function reasonOf(signal: AbortSignal | undefined): Problem {
  return signal?.reason instanceof Problem ? signal.reason : stopping();
}
