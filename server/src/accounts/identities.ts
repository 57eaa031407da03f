import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../model/audit.ts';
import type { Identity, Role } from '../model/identity.ts';
import type { Website, WebsiteId } from '../model/website.ts';
import type { Store } from '../store/ports/store.ts';
import { isSecretKeyOf, readApiKey } from '../websites/keys.ts';
import type { Accounts } from './accounts.ts';

/** The caller, and cookies that extend the session. */
export interface Known {
  readonly identity: Identity;
  readonly cookies: readonly string[];
}

/** Identifies callers and their role on a website. */
export class Identities {
  readonly #store: Store;
  readonly #accounts: Accounts;
  readonly #masterKey: Uint8Array;

  constructor(store: Store, accounts: Accounts, masterKey: Uint8Array) {
    this.#store = store;
    this.#accounts = accounts;
    this.#masterKey = masterKey;
  }

  /** Undefined if unauthenticated. A key is checked alone: a cookie does not make up for an invalid key. */
  async of(headers: IncomingHttpHeaders): Promise<Known | undefined> {
    if (headers.authorization === undefined) return this.#accounts.signedIn(headers);
    const [, key = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization) ?? [];
    const identity = (await this.#websiteOf(key)) ?? (await this.#accounts.holderOf(key));
    return identity && { identity, cookies: [] };
  }

  async #websiteOf(text: string): Promise<Identity | undefined> {
    const key = readApiKey(text);
    if (key === undefined || !isSecretKeyOf(this.#masterKey, key)) return undefined;
    const website = await this.#store.websites.byPublicKey(key.publicKey);
    return website && { kind: 'website-key', websiteId: website.id, publicKey: key.publicKey };
  }

  /** Undefined: the website is hidden from the caller. */
  async roleOn(identity: Identity, websiteId: WebsiteId): Promise<Role | undefined> {
    if (identity.kind === 'website-key') return identity.websiteId === websiteId ? 'owner' : undefined;
    return isGoodFor(identity, websiteId) ? this.#store.members.roleOf(identity.personId, websiteId) : undefined;
  }

  /** The caller, as the audit log names it. */
  async actorOf(identity: Identity): Promise<Actor> {
    if (identity.kind === 'website-key') return { kind: 'website-key', key: identity.publicKey };
    const { personId: id } = identity;
    const name = (await this.#store.members.person(id))?.name ?? '';
    return identity.kind === 'session'
      ? { kind: 'person', id, name }
      : { kind: 'person-key', id, name, key: identity.keyName };
  }

  /** The websites that the caller may see. */
  async websitesOf(identity: Identity): Promise<readonly Website[]> {
    if (identity.kind === 'website-key') {
      const website = await this.#store.websites.byId(identity.websiteId);
      return website === undefined ? [] : [website];
    }
    const own = await this.#store.members.websitesOf(identity.personId);
    return own.filter(({ id }) => isGoodFor(identity, id));
  }
}

function isGoodFor(identity: Identity, websiteId: WebsiteId): boolean {
  return identity.kind !== 'person-key' || (identity.websiteIds?.includes(websiteId) ?? true);
}
