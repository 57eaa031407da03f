import type { IncomingMessage, ServerResponse } from 'node:http';
import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';

/** The requests that are not answered yet, so that none of them is cut off when the service stops. */
export class OpenAnswers {
  readonly #open = new Map<ServerResponse, IncomingMessage>();
  #onNone: (() => void) | undefined;
  #isStopping = false;

  get isStopping(): boolean {
    return this.#isStopping;
  }

  add(req: IncomingMessage, res: ServerResponse): void {
    if (this.#isStopping) res.shouldKeepAlive = false;
    this.#open.set(res, req);
    res.once('close', () => {
      this.#open.delete(res);
      if (this.#open.size === 0) this.#onNone?.();
    });
  }

  /** Waits for `grace` until all are answered; those that are not then are answered by `refuse`. */
  async stop(grace: Milliseconds, refuse: (req: IncomingMessage, res: ServerResponse) => void): Promise<void> {
    this.#isStopping = true;
    for (const res of this.#open.keys()) res.shouldKeepAlive = false; // the last one on its connection
    if (this.#open.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onNone = resolve;
    await resultWithin(grace, promise);
    for (const [res, req] of this.#open) if (!res.headersSent) refuse(req, res);
  }
}
