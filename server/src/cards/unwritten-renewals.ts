import type { StoredResponse } from '../model/card.ts';
import type { Target, WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';

interface Renewal {
  readonly websiteId: WebsiteId;
  readonly target: Target;
  readonly responseId: string;
  readonly response: StoredResponse;
}

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
    for (const { websiteId, target, responseId, response } of renewals) {
      await this.#store.cards.renew(websiteId, target, responseId, response).catch(this.#onFailure);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.write();
  }
}
