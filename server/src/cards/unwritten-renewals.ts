import type { Renewal } from '../store/ports/cards.ts';
import type { Store } from '../store/ports/store.ts';

// A page that is revalidated for every request need not be written for every request.
const writeAfterMs = 1000;

/**
 * Renewals that are not yet written: the last one of each response, once a second. A crash in that second costs one
 * conditional fetch.
 */
export class UnwrittenRenewals implements AsyncDisposable {
  readonly #store: Store;
  readonly #onFailure: (error: unknown) => void;
  readonly #renewals = new Map<string, Renewal>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store, onFailure: (error: unknown) => void) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  add(renewal: Renewal): void {
    this.#renewals.set(renewal.responseId, renewal);
    this.#timer ??= setTimeout(() => void this.write(), writeAfterMs);
  }

  has(responseId: string): boolean {
    return this.#renewals.has(responseId);
  }

  /** Writes at once, for a caller that is about to read from the store. */
  async write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const renewals = [...this.#renewals.values()];
    this.#renewals.clear();
    if (renewals.length > 0) await this.#store.cards.renew(renewals).catch(this.#onFailure);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.write();
  }
}
