import type { Readable } from 'node:stream';
import type { Milliseconds } from '../model/units.ts';

/** The time that a fetch has, its bodies included. */
export interface Deadline {
  /** Aborts when the time is over, or with the signal that it was made with. */
  readonly signal: AbortSignal;
  /** Whether the time is over. */
  readonly isOver: boolean;
  /** Holds for this body too, however long it is read or skipped. */
  cover(body: Readable): void;
  /** The fetch has its result: nothing is left to abort once its bodies are closed. */
  end(): void;
}

/**
 * Ends with the fetch. `AbortSignal.timeout` cannot be ended: it aborts long after the fetch too, with an error and an event
 * that cost more than the revalidation of a card.
 */
export function startDeadline(timeout: Milliseconds, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const stop = () => controller.abort(outer?.reason);
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort();
  }, timeout).unref();
  outer?.addEventListener('abort', stop);
  if (outer?.aborted === true) stop();

  let open = 1;
  const end = () => {
    open--;
    if (open > 0) return;
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  };
  return {
    signal: controller.signal,
    get isOver() {
      return isOver;
    },
    cover(body) {
      open++;
      body.once('close', end);
    },
    end,
  };
}
