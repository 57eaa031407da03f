import { offAbort, onAbort } from '../model/on-abort.ts';
import { Problem, stopping } from '../model/problem.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import { SlowPartitions } from './slow-partitions.ts';

// A place usually comes free within this time: the median render time, rounded up.
const retryAfterSeconds = 2;

// Ten times as long as a crawler waits; by then the client has gone.
const longestWait = milliseconds(30_000);

/** A place, taken; `leave` gives it back. */
export type Place = () => void;

interface Waiting {
  readonly partition: string;
  readonly turn: Turn;
  /** When its wait is too long, in milliseconds of a monotonic clock. */
  readonly until: number;
  readonly resolve: (place: Place) => void;
  readonly reject: (failure: Problem) => void;
}

export interface Turn {
  /** Whose work it is: waiting partitions take turns, however much work each has. */
  readonly partition?: string;
  /** Lives as long as the service. */
  readonly signal?: AbortSignal | undefined;
  /** The milliseconds that its partition answers for, asked when the work has ended; by default, all that it took. */
  readonly ownTime?: () => number;
  /** How long it waits, and what the wait ends with then; as long as the queue says by default. */
  readonly longest?: { readonly wait: Milliseconds; readonly tooLate: () => Problem };
}

/**
 * Limits how many jobs run and how many wait. Partitions take turns; when the queue is full, the newest job of the
 * partition with the most waiting jobs is turned away. Partitions with slow work share a part of the places; for slow jobs
 * beyond it, other partitions get places besides.
 */
export class Queue {
  readonly #places: number;
  readonly #limit: number;
  /** Each partition's own queue, oldest first; partitions in the order of their turns. None is empty. */
  readonly #partitions = new Map<string, Set<Waiting>>();
  readonly #longest: Milliseconds;
  readonly #slow: SlowPartitions;
  /** Tries again when slow partitions may start. */
  #lookAgain: NodeJS.Timeout | undefined;
  /** Ends waits that are too long. One timer for all of them: most waits end long before. */
  #patience: { readonly timer: NodeJS.Timeout; readonly at: number } | undefined;
  /** Signals of those that wait, with what was told to them, until nobody waits. */
  readonly #signals = new Map<AbortSignal, () => void>();
  #waiting = 0;
  #running = 0;
  #stopped = false;
  #onIdle: Array<() => void> = [];

  /** @param now milliseconds of a monotonic clock. */
  constructor(places: number, limit: number, longest = longestWait, now = () => performance.now()) {
    this.#places = places;
    this.#slow = new SlowPartitions(places, now);
    this.#limit = limit;
    this.#longest = longest;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  /** How many jobs may run: more than its places while slow ones take too many of these. */
  get most(): number {
    return this.#places + this.#slow.mostExtra;
  }

  /** Whether a job would start at once. */
  get hasPlace(): boolean {
    return this.#running - this.#slow.extra < this.#places;
  }

  /**
   * @throws {Problem} `queue-full` at once, when a partition with fewer waiting jobs needs the place, or when the wait is
   * too long, unless the turn names another; the signal's reason, or `stopping`, when it aborts while the job waits; `stopping` when the queue stops.
   */
  async run<T>(work: () => Promise<T>, turn: Turn = {}): Promise<T> {
    const place = this.enter(turn);
    const taken = typeof place === 'function' ? place : await place;
    try {
      return await work();
    } finally {
      this.leave(taken);
    }
  }

  /**
   * As `run`, for work that begins now if it may: a place, or the wait for one. It must be given to `leave`.
   * @throws as `run`, as a rejection.
   */
  enter(turn: Turn = {}): Place | Promise<Place> {
    const { partition = '', signal, ownTime } = turn;
    if (this.#stopped || signal?.aborted === true) return Promise.reject(reasonOf(signal));
    this.#startNext(); // a running job may have become slow by now: whoever waits is first
    if (this.hasPlace && this.#slow.delayFor(partition) === 0) return this.#begin(partition, ownTime);
    if (this.#waiting >= this.#limit && !this.#makeRoomFor(partition)) return Promise.reject(this.#full());
    return this.#wait(partition, turn);
  }

  /** The work has ended. */
  leave(place: Place): void {
    place();
    this.#running--;
    this.#startNext();
    if (this.#running === 0) for (const told of this.#onIdle.splice(0)) told();
  }

  /** Rejects waiting and new jobs. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#lookAgain);
    const all = this.#allWaiting();
    this.#partitions.clear();
    this.#waiting = 0;
    this.#rest();
    for (const { reject } of all) reject(stopping());
  }

  /** Resolves when nothing runs. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle.push(resolve);
    return promise;
  }

  #wait(partition: string, turn: Turn): Promise<Place> {
    return new Promise((resolve, reject) => {
      const until = performance.now() + (turn.longest?.wait ?? this.#longest);
      const entry: Waiting = { partition, turn, until, resolve, reject };
      const waiting = this.#partitions.get(partition);
      if (waiting === undefined) this.#partitions.set(partition, new Set([entry]));
      else waiting.add(entry);
      this.#waiting++;
      this.#endAt(until);
      if (turn.signal !== undefined) this.#follow(turn.signal);
      this.#startNext(); // a place may be free although this partition has to wait
    });
  }

  /** Makes sure that somebody looks for waits that are too long at this time. */
  #endAt(until: number): void {
    if (this.#patience !== undefined && this.#patience.at <= until) return;
    clearTimeout(this.#patience?.timer);
    const timer = setTimeout(() => this.#endLateWaits(), Math.max(0, Math.ceil(until - performance.now())));
    this.#patience = { timer, at: until };
  }

  #endLateWaits(): void {
    this.#patience = undefined;
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.#allWaiting()) {
      if (entry.until > now) next = Math.min(next, entry.until);
      else if (this.#remove(entry)) entry.reject(entry.turn.longest?.tooLate() ?? this.#full());
    }
    if (this.#waiting > 0) this.#endAt(next);
  }

  #follow(signal: AbortSignal): void {
    if (this.#signals.has(signal)) return;
    const told = () => {
      for (const entry of this.#allWaiting())
        if (entry.turn.signal === signal && this.#remove(entry)) entry.reject(reasonOf(signal));
    };
    this.#signals.set(signal, told);
    onAbort(signal, told);
  }

  #allWaiting(): Waiting[] {
    return [...this.#partitions.values()].flatMap((waiting) => [...waiting]);
  }

  /** Nobody waits any more. */
  #rest(): void {
    clearTimeout(this.#patience?.timer);
    this.#patience = undefined;
    for (const [signal, told] of this.#signals) offAbort(signal, told);
    this.#signals.clear();
  }

  /** Rejects the newest job of the partition with the most waiting, if it has more than the newcomer would. */
  #makeRoomFor(partition: string): boolean {
    const own = this.#partitions.get(partition)?.size ?? 0;
    let [most, longest] = ['', 0];
    for (const [name, { size }] of this.#partitions) if (size > longest) [most, longest] = [name, size];
    const newest = [...(this.#partitions.get(most) ?? [])].at(-1);
    if (newest === undefined || longest <= own + 1) return false;
    this.#remove(newest);
    newest.reject(this.#full());
    return true;
  }

  #startNext(): void {
    clearTimeout(this.#lookAgain);
    if (this.#waiting === 0) return;
    let soonest = this.#slow.untilSlower;
    for (const [partition, waiting] of this.#partitions) {
      if (!this.hasPlace) break;
      const delay = this.#slow.delayFor(partition);
      soonest = Math.min(soonest, delay > 0 ? delay : soonest);
      const [first] = waiting;
      if (delay > 0 || first === undefined) continue;
      this.#remove(first);
      // The partition goes to the end of the line.
      if (this.#partitions.size > 1 && this.#partitions.delete(partition)) this.#partitions.set(partition, waiting);
      first.resolve(this.#begin(partition, first.turn.ownTime));
      this.#startNext();
      return;
    }
    if (soonest !== Number.POSITIVE_INFINITY) this.#lookAgain = setTimeout(() => this.#startNext(), soonest).unref();
  }

  #begin(partition: string, ownTime: Turn['ownTime']): Place {
    this.#running++;
    return this.#slow.begin(partition, ownTime);
  }

  /** Returns whether it was waiting. */
  #remove(entry: Waiting): boolean {
    const waiting = this.#partitions.get(entry.partition);
    if (waiting?.delete(entry) !== true) return false;
    if (waiting.size === 0) this.#partitions.delete(entry.partition);
    this.#waiting--;
    if (this.#waiting === 0) this.#rest();
    return true;
  }

  #full(): Problem {
    const message = 'Too many cards are waiting already. Try again in a moment.';
    return new Problem('queue-full', message, { retryAfter: retryAfterSeconds, policy: 'queue', quota: this.#limit });
  }
}

function reasonOf(signal: AbortSignal | undefined): Problem {
  return signal?.reason instanceof Problem ? signal.reason : stopping();
}
