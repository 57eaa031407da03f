import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../store/store.ts';
import { isSecretKeyOf, readApiKey } from '../websites/keys.ts';
import type { Website, WebsiteId } from '../websites/website.ts';
import type { Identity, Role } from './identity.ts';

/** Who asks, and what that one may do with which website. */
export interface Identities {
  /** Undefined for nobody known: no key, or one that is none. */
  of(headers: IncomingHttpHeaders): Promise<Identity | undefined>;
  /** Undefined: it may not even know of the website. */
  roleOn(identity: Identity, websiteId: WebsiteId): Promise<Role | undefined>;
  /** The websites that it may see. */
  websitesOf(identity: Identity): Promise<readonly Website[]>;
}

/** Websites' own keys as bearer tokens: `Authorization: Bearer ogplus_live_…`. */
export class WebsiteKeys implements Identities {
  readonly #store: Store;
  readonly #masterKey: Uint8Array;

  constructor(store: Store, masterKey: Uint8Array) {
    this.#store = store;
    this.#masterKey = masterKey;
  }

  async of({ authorization }: IncomingHttpHeaders): Promise<Identity | undefined> {
    const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    const key = readApiKey(token);
    if (key === undefined || !isSecretKeyOf(this.#masterKey, key)) return undefined;
    const website = await this.#store.websiteByPublicKey(key.publicKey);
    return website && { kind: 'website-key', websiteId: website.id };
  }

  async roleOn(identity: Identity, websiteId: WebsiteId): Promise<Role | undefined> {
    return identity.websiteId === websiteId ? 'owner' : undefined;
  }

  async websitesOf(identity: Identity): Promise<readonly Website[]> {
    const website = await this.#store.websiteById(identity.websiteId);
    return website === undefined ? [] : [website];
  }
}
