import { LRUCache } from 'lru-cache';
import type { Change } from '../model/change.ts';
import type { Connection, HostName, PublicKey, Website, WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';

/** What an address identifies a website by. */
export type WebsiteName = Connection | PublicKey | HostName;

// Unknown keys are looked up in the store each time; known ones are remembered until a change.
const mostRemembered = 10_000;

/**
 * Websites by connection, public key or host name, in memory so that a fresh card needs no database. All custom host
 * names are known: requests are told apart by them before anything can be awaited.
 */
export class Directory {
  readonly #store: Store;
  readonly #known = new LRUCache<string, Website>({ max: mostRemembered });
  /** Grows with every change: what was read before a change is not remembered after it. */
  #version = 0;
  #ownHosts = new Map<HostName, WebsiteId>();

  private constructor(store: Store) {
    this.#store = store;
  }

  /** Loads the custom host names first. */
  static async open(store: Store): Promise<Directory> {
    const directory = new Directory(store);
    store.changes.listen((change) => directory.#follow(change));
    for (;;) {
      const version = directory.#version;
      const ownHosts = await store.websites.ownHosts();
      store.changes.catchUp();
      if (version !== directory.#version) continue; // one changed during the read
      directory.#ownHosts = new Map(ownHosts);
      return directory;
    }
  }

  /** The website, if it is in memory. */
  known(key: WebsiteName): Website | undefined {
    return this.#known.get(key);
  }

  /** Another number after each change of a website: what was read of one before may be out of date. */
  get version(): number {
    return this.#version;
  }

  /** Whether the host is a website's custom host name. */
  isOwnHost(host: string): host is HostName {
    return this.#ownHosts.has(host as HostName);
  }

  async byOwnHost(host: HostName): Promise<Website | undefined> {
    return this.known(host) ?? this.#remembered(host, this.#store.websites.byOwnHost(host));
  }

  async byConnection(connection: Connection): Promise<Website | undefined> {
    return this.known(connection) ?? this.#remembered(connection, this.#store.websites.byConnection(connection));
  }

  async byPublicKey(key: PublicKey): Promise<Website | undefined> {
    return this.known(key) ?? this.#remembered(key, this.#store.websites.byPublicKey(key));
  }

  /** Whether the key was a website's and is revoked. */
  async isRevoked(key: PublicKey): Promise<boolean> {
    const found = await this.#store.websites.findKey(key);
    return found !== undefined && found.revokedAt !== null;
  }

  #follow(change: Change): void {
    if (change.kind === 'purge') return;
    this.#version++;
    if (change.kind === 'everything') {
      this.#known.clear();
      this.#ownHosts = new Map(change.ownHosts);
      return;
    }
    const { websiteId, ownHost } = change;
    for (const [key, website] of this.#known.entries()) if (website.id === websiteId) this.#known.delete(key);
    for (const [host, id] of this.#ownHosts) if (id === websiteId) this.#ownHosts.delete(host);
    if (ownHost !== null) this.#ownHosts.set(ownHost, websiteId);
  }

  async #remembered(key: WebsiteName, reading: Promise<Website | undefined>): Promise<Website | undefined> {
    const version = this.#version;
    const website = await reading;
    if (website !== undefined && version === this.#version) this.#known.set(key, website);
    return website;
  }
}
