import type { FrameworkId } from './frameworks.ts';
import type { Picture } from './picture.ts';
import type { Milliseconds, Seconds } from './units.ts';

/** `ogplus_pk_…`: identifies a website in addresses; public. */
export type PublicKey = string & { readonly __brand: 'PublicKey' };
/** `ogplus_sk_…`: signs addresses. */
export type SecretKey = string & { readonly __brand: 'SecretKey' };
/** The first label of the connection address, lower case: `mlghbepw`. */
export type Connection = string & { readonly __brand: 'Connection' };
/** `https://example.com`: scheme, host and port as the URL standard serialises them, no path. */
export type Origin = string & { readonly __brand: 'Origin' };
/**
 * `/path?query` of a page, byte for byte as sent; begins with `/`, no fragment, printable ASCII. For a page of another
 * website, which only a signed address can name: the absolute URL (RFC 9112 §3.2.2, absolute-form).
 */
export type Target = string & { readonly __brand: 'Target' };

/** `example.com`, `example.com:8443` or `*.example.com`, as the URL standard spells hosts. */
export type RedirectHost = string & { readonly __brand: 'RedirectHost' };

/** A host name in lower case, as the URL standard serialises it; no IP address, no port. */
export type HostName = string & { readonly __brand: 'HostName' };

export type WebsiteId = number & { readonly __brand: 'WebsiteId' };

/** The owner's settings for one website; each has a default. Limits of the numbers: `setting-limits.ts`. */
export interface WebsiteSettings {
  /** For pages that declare no freshness; null: judge them as a shared cache would. */
  readonly defaultMaxAge: Seconds | null;
  /** CSS pixels, the layout width of pages without `og:plus:viewport:width`; null: each network's own width. */
  readonly viewportWidth: number | null;
  /** How long a request waits for a renewal before a stale card is sent instead; null: the service's default. */
  readonly patience: Milliseconds | null;
  /** How often a fresh card with `og:plus:cache:etag` is checked again; null: the service's default. */
  readonly recheckInterval: Seconds | null;
  /** New cards per minute, where that is fewer than the service allows; null: the service's limit. */
  readonly rendersPerMinute: number | null;
  /**
   * Query parameters that are left out of a page's address (`utm_*`: all that begin so); null: the well-known ones of
   * campaigns.
   */
  readonly ignoredParameters: readonly string[] | null;
  /** All networks get the generic card, in a format and weight that each of them takes. */
  readonly oneCard: boolean;
  /** A whole page whose document is byte for byte unchanged is not rendered again. */
  readonly equalDocuments: boolean;
  /** Fetches carry a token that only the owner knows, so that the site can tell our fetches from others'. */
  readonly fetchToken: boolean;
  /** Other hosts that its pages may redirect to: `login.example.com`, `*.example.com`, with an optional port. */
  readonly redirectHosts: readonly RedirectHost[];
  /**
   * A custom host name for the connection address: `cards.its-site.com`. Several websites may claim it; it works for
   * the one that has proven it (`Website.provenHost`).
   */
  readonly ownHost: HostName | null;
  /** What it is made with, for the snippets that are shown; null: nobody has said. */
  readonly framework: FrameworkId | null;
  /** Sent instead of an error. Its bytes are in the store. */
  readonly fallbackPicture: Picture | null;
}

export const defaultSettings: WebsiteSettings = {
  defaultMaxAge: null,
  viewportWidth: null,
  patience: null,
  recheckInterval: null,
  rendersPerMinute: null,
  ignoredParameters: null,
  oneCard: false,
  equalDocuments: false,
  fetchToken: false,
  redirectHosts: [],
  ownHost: null,
  framework: null,
  fallbackPicture: null,
};

/** A custom host name that is verified, and by whom. */
export interface ProvenHost {
  readonly name: HostName;
  readonly by: 'dns' | 'operator';
}

export interface Website {
  readonly id: WebsiteId;
  readonly origin: Origin;
  readonly connection: Connection;
  /** The key it was created with, which identifies it for ever; the store knows which keys are valid. */
  readonly publicKey: PublicKey;
  readonly settings: WebsiteSettings;
  /** Its custom host once proven; no other website has it. */
  readonly provenHost: ProvenHost | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}
