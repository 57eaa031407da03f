import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from './units.ts';

/** Waiting, passed in from outside; tests pass one that they move. */
export interface Timers {
  /** Calls `work` again and again, until it is disposed of. */
  every(span: Milliseconds, work: () => void): Disposable;
  /** Resolves after the span; rejects once the signal aborts. */
  pause(span: Milliseconds, signal: AbortSignal): Promise<void>;
}

export const systemTimers: Timers = {
  every(span, work) {
    const timer = setInterval(work, span).unref();
    return { [Symbol.dispose]: () => clearInterval(timer) };
  },
  pause: (span, signal) => pause(span, undefined, { signal }),
};
