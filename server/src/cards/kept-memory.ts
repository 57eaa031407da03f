import { LRUCache } from 'lru-cache';
import type { CardId, KeptCard, StoredResponse } from '../model/card.ts';
import type { Change } from '../model/change.ts';
import { cardKey, pageKey } from './request.ts';

/** A kept card with its bytes: what a fresh answer is written from. */
export interface CachedCard {
  card: KeptCard;
  /** Empty for a page that is gone. */
  readonly bytes: Buffer;
  /** A render that may not be kept: it answers for a few seconds, so that its page is not hammered. */
  readonly transient: boolean;
}

// What a record weighs beside its picture: keys, headers, policy.
const recordBytes = 4096;

/** Cards in memory, bounded in bytes, the least recently used leaving first. */
export class KeptMemory {
  readonly #entries: LRUCache<string, CachedCard>;
  readonly #pages = new Map<string, Set<string>>();
  /** Grows with every change; what was read from the store before one may not be put here after it. */
  #epoch = 0;

  constructor(maxBytes: number) {
    this.#entries = new LRUCache<string, CachedCard>({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: (entry) => entry.bytes.length + recordBytes,
      dispose: (entry, key) => this.#unlist(entry.card.id, key),
    });
  }

  get epoch(): number {
    return this.#epoch;
  }

  get(key: string): CachedCard | undefined {
    return this.#entries.get(key);
  }

  /** Puts an entry that was made at `epoch`; one from before a change is not put. */
  put(entry: CachedCard, epoch: number): void {
    if (epoch !== this.#epoch) return;
    const { id } = entry.card;
    const key = cardKey(id);
    this.#entries.set(key, entry);
    if (!this.#entries.has(key)) return; // larger than the whole cache
    const page = pageKey(id.websiteId, id.target);
    const keys = this.#pages.get(page);
    if (keys === undefined) this.#pages.set(page, new Set([key]));
    else keys.add(key);
  }

  /** The response was renewed: every card drawn from it has the new response. */
  renew(page: string, responseId: string, response: StoredResponse): void {
    for (const key of this.#pages.get(page) ?? []) {
      const entry = this.#entries.peek(key);
      if (entry !== undefined && entry.card.responseId === responseId) entry.card = { ...entry.card, ...response };
    }
  }

  forget(id: CardId): void {
    this.#entries.delete(cardKey(id));
  }

  /** Follows a purge or a change of a website. */
  follow(change: Change): void {
    this.#epoch++;
    for (const page of this.#pages.keys()) {
      if (!covers(change, page)) continue;
      for (const key of [...(this.#pages.get(page) ?? [])]) this.#entries.delete(key);
    }
  }

  #unlist(id: CardId, key: string): void {
    const page = pageKey(id.websiteId, id.target);
    const keys = this.#pages.get(page);
    keys?.delete(key);
    if (keys?.size === 0) this.#pages.delete(page);
  }
}

/** Whether a change concerns a page or card, by its key (`pageKey`, `cardKey`). */
export function covers(change: Change, key: string): boolean {
  if (change.kind === 'everything') return true;
  const website = `${change.websiteId}\n`;
  if (!key.startsWith(website)) return false;
  if (change.kind === 'website' || change.scope.kind === 'website') return true;
  const { scope } = change;
  return key.startsWith(scope.kind === 'page' ? pageKey(change.websiteId, scope.target) : website + scope.prefix);
}
