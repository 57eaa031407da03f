import type { Readable } from 'node:stream';
import { offAbort, onAbort } from '../model/on-abort.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Ending } from './exchange.ts';

/**
 * The time that a fetch has, its bodies included. Ends its requests when the time is over, or with the signal that it was made
 * with. It is no `AbortSignal`: one of those with its listeners takes as long as the rest of a request's bookkeeping.
 */
export class Deadline implements Ending {
  readonly #outer: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  /** The fetch, and bodies that are not closed yet. */
  #open = 1;
  readonly #told: Array<() => void> = [];
  #isOver = false;

  /** @param outer lives as long as the service. */
  constructor(timeout: Milliseconds, outer: AbortSignal | undefined) {
    this.#outer = outer;
    this.#timer = setTimeout(() => this.#timeIsOver(), timeout).unref();
    if (outer !== undefined) onAbort(outer, this.#stop);
  }

  get aborted(): boolean {
    return this.#isOver || this.#outer?.aborted === true;
  }

  get reason(): unknown {
    return this.#outer?.aborted === true ? this.#outer.reason : new Error('The time is over.');
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
    if (this.#open > 0) return;
    clearTimeout(this.#timer);
    if (this.#outer !== undefined) offAbort(this.#outer, this.#stop);
  }

  #timeIsOver(): void {
    this.#isOver = true;
    this.#stop();
  }

  readonly #stop = () => {
    for (const told of this.#told.splice(0)) told();
  };
}
