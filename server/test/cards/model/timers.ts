import type { Timers } from '../../../src/model/timers.ts';

/** No time passes by itself: whoever waits goes on when told to. */
export class WaitingTimers implements Timers {
  /** Lets each of those who wait go on. */
  waiting: Array<() => void> = [];
  readonly #repeated = new Set<() => void>();

  every(_: number, work: () => void): Disposable {
    this.#repeated.add(work);
    return { [Symbol.dispose]: () => void this.#repeated.delete(work) };
  }

  pause(_: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const goOn = () => {
      this.waiting = this.waiting.filter((other) => other !== goOn);
      resolve();
    };
    signal.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', goOn);
    if (signal.aborted) reject(signal.reason);
    else this.waiting.push(goOn);
    return promise;
  }

  /** What is done again and again is done once. */
  tick(): void {
    for (const work of this.#repeated) work();
  }

  /** Nothing goes on any more. */
  stop(): void {
    this.waiting = [];
    this.#repeated.clear();
  }
}
