import type { IncomingMessage, ServerResponse } from 'node:http';
import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';

/** The requests without a response yet, so that stopping the service cuts none of them off. */
export class PendingRequests {
  readonly #pending = new Map<ServerResponse, IncomingMessage>();
  #onNone: (() => void) | undefined;
  #isStopping = false;

  get isStopping(): boolean {
    return this.#isStopping;
  }

  add(req: IncomingMessage, res: ServerResponse): void {
    if (this.#isStopping) res.shouldKeepAlive = false;
    this.#pending.set(res, req);
  }

  /** Its response was sent, or nobody waits for it any more. */
  remove(res: ServerResponse): void {
    this.#pending.delete(res);
    if (this.#pending.size === 0) this.#onNone?.();
  }

  /** Waits up to `grace` until all are answered; `refuse` answers the rest. */
  async stop(grace: Milliseconds, refuse: (req: IncomingMessage, res: ServerResponse) => void): Promise<void> {
    this.#isStopping = true;
    for (const res of this.#pending.keys()) res.shouldKeepAlive = false; // the last one on its connection
    if (this.#pending.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onNone = resolve;
    await resultWithin(grace, promise);
    for (const [res, req] of this.#pending) if (!res.headersSent) refuse(req, res);
  }
}
