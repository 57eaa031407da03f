import type { EpochMs, Seconds } from './units.ts';

/** Header fields in the order received, names lower-cased, one entry for each line. */
export type HeaderLines = ReadonlyArray<readonly [name: string, value: string]>;

/** What a response is judged by: its head, and when it was asked for and received (RFC 9111 §4.2.3). */
export interface ResponseHead {
  /** The URL that answered; validators are sent to no other. */
  readonly url: string;
  readonly status: number;
  readonly headers: HeaderLines;
  readonly requestTime: EpochMs;
  readonly responseTime: EpochMs;
}

/** What a later conditional request sends (RFC 9110 §13.1). */
export interface Validators {
  /** The field value as received, `W/` and quotes included; for `If-None-Match`. */
  readonly etag?: string;
  /** The field value as received; for `If-Modified-Since`. */
  readonly lastModified?: string;
}

/** Which rule gave the freshness lifetime; `none`: the page declares nothing and nothing may be assumed. */
export type LifetimeSource =
  | 'og:plus:cache:max_age'
  | 'CDN-Cache-Control: max-age'
  | 'CDN-Cache-Control: s-maxage'
  | 'Cache-Control: s-maxage'
  | 'Cache-Control: max-age'
  | 'Expires'
  | 'website default'
  | 'heuristic'
  | 'none';

/** Something the page declared that has no effect, and why; for people. */
export interface Remark {
  readonly what: string;
  readonly why: string;
}

/** What the page allows once its freshness lifetime is over (RFC 9111 §4.2.4, RFC 5861). */
export interface StalePolicy {
  /** The directive that forbids every stale answer, null where none does. */
  readonly forbiddenBy: string | null;
  /** Seconds after the lifetime in which a stale card is served while it is renewed; null: not declared. */
  readonly whileRevalidate: Seconds | null;
  /** Seconds after the lifetime in which a stale card replaces an error of the origin; null: not declared. */
  readonly ifError: Seconds | null;
}

/**
 * Everything later requests need to know of a response, computed once when it arrives; plain data, stored as JSON.
 * `judge(policy, now)` needs no header.
 */
export interface Policy {
  /** The directive that forbids keeping anything (RFC 9111 §3), null where the response may be kept. */
  readonly storeForbiddenBy: string | null;
  /** The directive that requires revalidation on every request (`no-cache`, `Vary: *`), null without one. */
  readonly askAlwaysBy: string | null;
  readonly lifetime: Seconds;
  readonly lifetimeFrom: LifetimeSource;
  /** How old the response was when it arrived (RFC 9111 §4.2.3, corrected_initial_age), rounded down. */
  readonly initialAge: Seconds;
  /** When the response arrived; a clock that reads earlier has been set back. */
  readonly receivedAt: EpochMs;
  /** The end of the freshness lifetime; not after `receivedAt` where there is none. */
  readonly freshUntil: EpochMs;
  readonly stale: StalePolicy;
  readonly validators: Validators;
  /** The request header fields that select this response (RFC 9111 §4.1), with the values our request sent. */
  readonly vary: ReadonlyArray<readonly [name: string, value: string]>;
  readonly remarks: readonly Remark[];
}
