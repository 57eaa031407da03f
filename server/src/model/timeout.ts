import type { Milliseconds } from './units.ts';

/**
 * Calls `over` when the time is over, unless it is disposed of before. Not before everything that had arrived by then was
 * read: where this thread was busy, the event loop calls timers first, and an answer may have been there for long.
 */
export function startTimeout(time: Milliseconds, over: () => void): Disposable {
  let turn: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    turn = setImmediate(() => {
      turn = setImmediate(over);
    });
  }, time);
  return {
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      clearImmediate(turn);
    },
  };
}
