import type { Picture } from './picture.ts';
import type { Milliseconds, Seconds } from './units.ts';

/** `ogplus_pk_…`: names a website in addresses; public. */
export type PublicKey = string & { readonly __brand: 'PublicKey' };
/** `ogplus_sk_…`: signs addresses. */
export type SecretKey = string & { readonly __brand: 'SecretKey' };
/** The first label of the connection address, lower case: `mlghbepw`. */
export type Connection = string & { readonly __brand: 'Connection' };
/** `https://example.com`: scheme, host and port as the URL standard serialises them, no path. */
export type Origin = string & { readonly __brand: 'Origin' };
/**
 * `/path?query` of a page, bytes as they were sent; begins with `/`, no fragment, printable ASCII. Of a page that is not
 * the website's own, which only a signature can name, the whole address (RFC 9112 §3.2.2, absolute-form).
 */
export type Target = string & { readonly __brand: 'Target' };

/** `example.com`, `example.com:8443` or `*.example.com`, as the URL standard spells hosts. */
export type RedirectHost = string & { readonly __brand: 'RedirectHost' };

/** A host name, lower case, as the URL standard spells it; no address, no port. */
export type HostName = string & { readonly __brand: 'HostName' };

export type WebsiteId = number & { readonly __brand: 'WebsiteId' };

/** What an owner may set for one website; every one has a default. Numbers: `setting-limits.ts`. */
export interface WebsiteSettings {
  /** For pages that say nothing about freshness; null: judged as a shared cache would. */
  readonly defaultMaxAge: Seconds | null;
  /** CSS pixels that pages without `og:plus:viewport:width` are laid out at; null: each network's own width. */
  readonly viewportWidth: number | null;
  /** How long a renewal may hold up an answer while a stale card may be sent; null: as the service says. */
  readonly patience: Milliseconds | null;
  /** How often a fresh card with `og:plus:cache:etag` is looked at again; null: as the service says. */
  readonly recheckInterval: Seconds | null;
  /** New cards a minute, where that is fewer than the service allows; null: as many as it does. */
  readonly rendersPerMinute: number | null;
  /** A whole page whose document came back byte for byte as it was drawn is not drawn again. */
  readonly equalDocuments: boolean;
  /** Fetches carry a token that only its owner knows, so that the site can tell ours from others'. */
  readonly fetchToken: boolean;
  /** Hosts beside its own that its pages may redirect to: `login.example.com`, `*.example.com`, each with a port perhaps. */
  readonly redirectHosts: readonly RedirectHost[];
  /**
   * A host name that is to stand for the connection address: `cards.its-site.com`. Several websites may ask for it; it counts
   * for the one that has proven it (`Website.provenHost`).
   */
  readonly ownHost: HostName | null;
  /** Sent in place of an error. Its bytes are in the store. */
  readonly fallbackPicture: Picture | null;
}

export const defaultSettings: WebsiteSettings = {
  defaultMaxAge: null,
  viewportWidth: null,
  patience: null,
  recheckInterval: null,
  rendersPerMinute: null,
  equalDocuments: false,
  fetchToken: false,
  redirectHosts: [],
  ownHost: null,
  fallbackPicture: null,
};

/** A host name that stands for a connection address, and whose word that is. */
export interface ProvenHost {
  readonly name: HostName;
  readonly by: 'dns' | 'operator';
}

export interface Website {
  readonly id: WebsiteId;
  readonly origin: Origin;
  readonly connection: Connection;
  /** The key it was made with, which names it to the end; whether it is still good, and which others are, says the store. */
  readonly publicKey: PublicKey;
  readonly settings: WebsiteSettings;
  /** Its own host, once it is proven: no other website has it. */
  readonly provenHost: ProvenHost | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}
