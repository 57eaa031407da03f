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
  /** Null while it is good. */
  readonly revokedAt: EpochMs | null;
}

/** Websites, their settings and keys. */
export interface Websites {
  /**
   * Undefined, and nothing made, where the origin, the connection or the key is taken. The website is the owner's; where
   * none is named, the first account's, as soon as there is one.
   */
  create(website: NewWebsite, owner?: PersonId): Promise<Website | undefined>;
  /** By origin. */
  list(): Promise<Website[]>;
  byId(id: WebsiteId): Promise<Website | undefined>;
  byConnection(connection: Connection): Promise<Website | undefined>;
  /** The website that a key names; undefined for a key that was revoked. */
  byPublicKey(publicKey: PublicKey): Promise<Website | undefined>;
  byOrigin(origin: Origin): Promise<Website | undefined>;
  byOwnHost(host: HostName): Promise<Website | undefined>;
  /** Host names that are proven and stand for a connection address, and the website of each. Changes of them come with `ChangeLog`. */
  ownHosts(): Promise<ReadonlyMap<HostName, WebsiteId>>;
  /**
   * Settings that are not named stay as they are. Another `viewportWidth` purges the website with it: a picture of
   * another width is not what its owner would call kept. Another `ownHost` is not proven yet.
   */
  changeSettings(websiteId: WebsiteId, settings: Partial<WebsiteSettings>): Promise<void>;
  /** From now on the host is the website's. Gives false where another one has it, or where it does not ask for it any more. */
  proveOwnHost(websiteId: WebsiteId, host: ProvenHost): Promise<boolean>;
  /** The website still asks for the host, and has it no more. */
  unproveOwnHost(websiteId: WebsiteId, host: HostName): Promise<void>;
  /** Websites that ask for a host and have not proven it; so many at most, the newest. */
  unproven(limit: number): Promise<Website[]>;
  /** The website and all that is kept of it; gives false where there is none. */
  remove(origin: Origin): Promise<boolean>;

  /** One more key of a website, beside those that it has. Gives false where the key is taken or the website gone. */
  createKey(websiteId: WebsiteId, publicKey: PublicKey, at: EpochMs): Promise<boolean>;
  /** The key, revoked or not. */
  findKey(publicKey: PublicKey): Promise<Key | undefined>;
  /** Every key of a website, revoked ones too, oldest first. */
  keysOf(websiteId: WebsiteId): Promise<Key[]>;
  /** Revokes the key at once, in every process. Gives false where it is not there or was revoked already. */
  revokeKey(publicKey: PublicKey, at: EpochMs): Promise<boolean>;
}
