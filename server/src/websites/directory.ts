import { LRUCache } from 'lru-cache';
import type { Change } from '../model/change.ts';
import type { Connection, HostName, PublicKey, Website } from '../model/website.ts';
import type { Store } from '../store/store.ts';

/** What an address names a website with. */
export type WebsiteName = Connection | PublicKey | HostName;

// An unknown key is asked of the store each time; known ones are remembered until a change says otherwise.
const mostRemembered = 10_000;

/** Websites by what addresses name them with, remembered so that a fresh card asks no database. */
export class Directory {
  readonly #store: Store;
  readonly #known = new LRUCache<string, Website>({ max: mostRemembered });
  /** Grows with every change: what was read before one is not remembered after it. */
  #epoch = 0;
  #ownHosts: ReadonlySet<string> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The website, if it is remembered. */
  known(key: WebsiteName): Website | undefined {
    return this.#known.get(key);
  }

  /** Whether the host is one of a website's own. */
  isOwnHost(host: string): host is HostName {
    this.#ownHosts ??= this.#store.ownHosts();
    return this.#ownHosts.has(host);
  }

  async byOwnHost(host: HostName): Promise<Website | undefined> {
    return this.known(host) ?? this.#remembered(host, this.#store.websiteByOwnHost(host));
  }

  async byConnection(connection: Connection): Promise<Website | undefined> {
    return this.known(connection) ?? this.#remembered(connection, this.#store.websiteByConnection(connection));
  }

  async byPublicKey(key: PublicKey): Promise<Website | undefined> {
    return this.known(key) ?? this.#remembered(key, this.#store.websiteByPublicKey(key));
  }

  /** Whether a website had this key and has it no more. */
  async isRevoked(key: PublicKey): Promise<boolean> {
    const found = await this.#store.findKey(key);
    return found !== undefined && found.revokedAt !== null;
  }

  follow(change: Change): void {
    if (change.kind !== 'website') return;
    this.#epoch++;
    this.#ownHosts = undefined;
    for (const [key, website] of this.#known.entries()) if (website.id === change.websiteId) this.#known.delete(key);
  }

  async #remembered(key: WebsiteName, reading: Promise<Website | undefined>): Promise<Website | undefined> {
    const epoch = this.#epoch;
    const website = await reading;
    if (website !== undefined && epoch === this.#epoch) this.#known.set(key, website);
    return website;
  }
}
