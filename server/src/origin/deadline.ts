import type { Readable } from 'node:stream';
import { offAbort, onAbort } from '../model/on-abort.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Ending } from './exchange.ts';

/** The deadlines of fetches that have equally much time. One timer is for all of them: most fetches end long before. */
export class Deadlines {
  readonly #timeout: Milliseconds;
  /** Those that are not over, in the order in which their time ends. */
  readonly #open = new Set<Deadline>();
  /** Signals that they were made with, and what is told to them. */
  readonly #signals = new Map<AbortSignal, () => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(timeout: Milliseconds) {
    this.#timeout = timeout;
  }

  /** Time for a fetch, from now on. @param outer lives as long as the service. */
  start(outer: AbortSignal | undefined): Deadline {
    const until = performance.now() + this.#timeout;
    const deadline: Deadline = new Deadline(until, outer, () => this.#remove(deadline));
    this.#open.add(deadline);
    if (outer !== undefined && !this.#signals.has(outer)) this.#follow(outer);
    this.#timer ??= this.#lookAfter(this.#timeout);
    return deadline;
  }

  #follow(outer: AbortSignal): void {
    const told = () => {
      for (const deadline of [...this.#open]) if (deadline.outer === outer) deadline.stop();
    };
    this.#signals.set(outer, told);
    onAbort(outer, told);
  }

  #remove(deadline: Deadline): void {
    this.#open.delete(deadline);
    if (this.#open.size > 0) return;
    for (const [signal, told] of this.#signals) offAbort(signal, told);
    this.#signals.clear();
  }

  #lookAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#look(), ms).unref();
  }

  #look(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const deadline of this.#open) {
      if (deadline.until > now) {
        this.#timer = this.#lookAfter(Math.ceil(deadline.until - now));
        return;
      }
      this.#open.delete(deadline);
      deadline.timeIsOver();
    }
  }
}

/**
 * The time that a fetch has, its bodies included. Ends its requests when the time is over, or with the signal that it was made
 * with. It is no `AbortSignal`: one of those with its listeners takes as long as the rest of a request's bookkeeping.
 */
export class Deadline implements Ending {
  /** In milliseconds of a monotonic clock. */
  readonly until: number;
  readonly outer: AbortSignal | undefined;
  readonly #onEnd: () => void;
  /** The fetch, and bodies that are not closed yet. */
  #open = 1;
  readonly #told: Array<() => void> = [];
  #isOver = false;

  constructor(until: number, outer: AbortSignal | undefined, onEnd: () => void) {
    this.until = until;
    this.outer = outer;
    this.#onEnd = onEnd;
  }

  get aborted(): boolean {
    return this.#isOver || this.outer?.aborted === true;
  }

  get reason(): unknown {
    return this.outer?.aborted === true ? this.outer.reason : new Error('The time is over.');
  }

  /** Whether the time is over. */
  get isOver(): boolean {
    return this.#isOver;
  }

  addEventListener(_: 'abort', told: () => void): void {
    this.#told.push(told);
  }

  removeEventListener(_: 'abort', told: () => void): void {
    const at = this.#told.indexOf(told);
    if (at >= 0) this.#told.splice(at, 1);
  }

  cover(body: Readable): void {
    this.#open++;
    body.once('close', () => this.end());
  }

  /** The fetch has its result: nothing is left to abort once its bodies are closed. */
  end(): void {
    this.#open--;
    if (this.#open === 0) this.#onEnd();
  }

  timeIsOver(): void {
    this.#isOver = true;
    this.stop();
  }

  stop(): void {
    for (const told of this.#told.splice(0)) told();
  }
}
