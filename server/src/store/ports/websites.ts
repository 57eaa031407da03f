import type { Actor } from '../../model/audit.ts';
import type { PersonId } from '../../model/identity.ts';
import type { EpochMs } from '../../model/units.ts';
import type {
  Connection,
  HostName,
  Origin,
  ProvenHost,
  PublicKey,
  Website,
  WebsiteId,
  WebsiteSettings,
} from '../../model/website.ts';

export interface NewWebsite {
  readonly origin: Origin;
  readonly connection: Connection;
  readonly publicKey: PublicKey;
  readonly createdAt: number;
}

/** One of the keys of a website. */
export interface Key {
  readonly publicKey: PublicKey;
  readonly websiteId: WebsiteId;
  readonly createdAt: EpochMs;
  /** Null while it is valid. */
  readonly revokedAt: EpochMs | null;
}

/** Websites, their settings and keys. */
export interface Websites {
  /**
   * Returns undefined, and creates nothing, if the origin, connection or key is taken. Without an owner, the website
   * belongs to the first account as soon as there is one.
   */
  create(website: NewWebsite, owner?: PersonId): Promise<Website | undefined>;
  /** By origin. */
  list(): Promise<Website[]>;
  byId(id: WebsiteId): Promise<Website | undefined>;
  byConnection(connection: Connection): Promise<Website | undefined>;
  /** The website of a key; undefined for a revoked key. */
  byPublicKey(publicKey: PublicKey): Promise<Website | undefined>;
  byOrigin(origin: Origin): Promise<Website | undefined>;
  byOwnHost(host: HostName): Promise<Website | undefined>;
  /** Proven custom host names and their websites. `ChangeLog` reports changes. */
  ownHosts(): Promise<ReadonlyMap<HostName, WebsiteId>>;
  /**
   * Settings that are not named stay as they are. Changing `viewportWidth` or `oneCard` purges the website, since its pictures have
   * another layout. A new `ownHost` is unproven.
   * @param by who changed them: the history of pages says so.
   * @returns what they were and what they are now; undefined if the website was removed.
   */
  changeSettings(
    websiteId: WebsiteId,
    settings: Partial<WebsiteSettings>,
    by?: Actor | null,
  ): Promise<{ readonly before: WebsiteSettings; readonly after: WebsiteSettings } | undefined>;
  /** Assigns the host to the website. Returns false if another website has it, or this one no longer claims it. */
  proveOwnHost(websiteId: WebsiteId, host: ProvenHost): Promise<boolean>;
  /** The website loses the host but still claims it. */
  unproveOwnHost(websiteId: WebsiteId, host: HostName): Promise<void>;
  /** Websites with an unproven host, newest first, up to `limit`. */
  unproven(limit: number): Promise<Website[]>;
  /** Removes the website and everything kept of it; returns false if there is none. */
  remove(origin: Origin): Promise<boolean>;

  /** Adds a key to a website. Returns false if the key is taken or the website was removed. */
  createKey(websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): Promise<boolean>;
  /** The key, revoked or not. */
  findKey(publicKey: PublicKey): Promise<Key | undefined>;
  /** Every key of a website, revoked ones too, oldest first. */
  keysOf(websiteId: WebsiteId): Promise<Key[]>;
  /** Revokes the key at once, in every process. Returns false if it is unknown or was already revoked. */
  revokeKey(publicKey: PublicKey, at: EpochMs): Promise<boolean>;
}
