import { ageOf, linesOf, membersOf, parseDeltaSeconds } from '../http-syntax/fields.ts';
import { parseHttpDate } from '../http-syntax/http-date.ts';
import type { LifetimeSource, Policy, Remark, ResponseHead, StalePolicy, Validators } from '../model/policy.ts';
import { shortened } from '../model/shortened.ts';
import {
  after,
  type EpochMs,
  epochMs,
  type Milliseconds,
  milliseconds,
  type Seconds,
  seconds,
} from '../model/units.ts';
import { type Directives, readDirectives } from './directives.ts';

/** What the assessment depends on, apart from the response. */
export interface AssessContext {
  /** Content of `og:plus:cache:max_age` as written; undefined without the tag. */
  readonly maxAgeTag?: string | undefined;
  /** The website's setting for pages that declare no freshness. */
  readonly defaultMaxAge: Seconds | null;
  /** The longest heuristic lifetime. */
  readonly heuristicMax: Seconds;
  /** The header fields of our request, names in lower case; `Vary` selects by them. */
  readonly requestHeaders: Readonly<Record<string, string>>;
}

// More remarks than this are of no use to a reader.
const mostRemarks = 20;
const longestRemark = 200;

// RFC 9110 §15.1: the status codes that may be kept without explicit freshness.
const heuristicallyCacheable = new Set([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501]);

/**
 * Judges a response once, as a shared cache (RFC 9111, 5861, 8246, 9213) that knows the page's tags. Pure.
 * `immutable` (RFC 8246 §2) is about fresh responses only. They are never revalidated here, so it changes nothing.
 */
export function assess(response: ResponseHead, context: AssessContext): Policy {
  const { headers, responseTime } = response;
  const directives = readDirectives(headers);
  const remarks: Remark[] = [...directives.remarks];

  const tag = readMaxAgeTag(context.maxAgeTag, remarks);
  const { lifetime, from } = freshnessLifetime(response, directives, context, tag, remarks);
  const initialAge = tag === undefined ? correctedInitialAge(response, remarks) : milliseconds(0);
  const vary = [...new Set(membersOf(headers, 'vary').map((name) => name.toLowerCase()))];

  return {
    storeForbiddenBy: tag === undefined ? storeForbiddenBy(response, directives, from) : null,
    askAlwaysBy: askAlwaysBy(directives, vary, tag),
    lifetime,
    lifetimeFrom: from,
    initialAge: wholeSeconds(initialAge),
    receivedAt: responseTime,
    freshUntil: epochMs(after(responseTime, lifetime) - initialAge),
    stale: stalePolicy(directives, remarks),
    validators: readValidators(response),
    vary: vary.map((name) => [name, context.requestHeaders[name] ?? ''] as const),
    remarks: remarks.slice(0, mostRemarks).map(({ what, why }) => ({ what: shortened(what, longestRemark), why })),
  };
}

/**
 * The policy of a response that says the same as the one that `policy` was made of, and came at another time: whose lines differ
 * by `Date` alone. Undefined where more may follow from that than its age.
 */
export function assessAgain(policy: Policy, response: ResponseHead): Policy | undefined {
  const { lifetime, lifetimeFrom: from, validators } = policy;
  const mayGuess = from === 'heuristic' || (from === 'none' && validators.lastModified !== undefined);
  if (from === 'Expires' || mayGuess) return undefined;
  const initialAge = from === 'og:plus:cache:max_age' ? milliseconds(0) : correctedInitialAge(response, []);
  const { responseTime } = response;
  return {
    ...policy,
    initialAge: wholeSeconds(initialAge),
    receivedAt: responseTime,
    freshUntil: epochMs(after(responseTime, lifetime) - initialAge),
  };
}

/** docs/guides/rendering.md: seconds, above every header; garbage is ignored and reported. */
function readMaxAgeTag(text: string | undefined, remarks: Remark[]): Seconds | undefined {
  if (text === undefined) return undefined;
  const value = parseDeltaSeconds(text.trim());
  if (value === undefined) {
    remarks.push({ what: `og:plus:cache:max_age "${shortened(text)}"`, why: 'ignored: not a whole number of seconds' });
  }
  return value;
}

/** RFC 9111 §4.2.1, with the tag above and the website's setting and the heuristic (§4.2.2) below. */
function freshnessLifetime(
  response: ResponseHead,
  directives: Directives,
  context: AssessContext,
  tag: Seconds | undefined,
  remarks: Remark[],
): { lifetime: Seconds; from: LifetimeSource } {
  if (tag !== undefined) return { lifetime: tag, from: 'og:plus:cache:max_age' };

  for (const name of ['s-maxage', 'max-age'] as const) {
    const value = directives.secondsOf(name);
    if (value === undefined) continue;
    const from = `${directives.field}: ${name}` as const;
    // §4.2.1: freshness information that is invalid makes the response stale.
    if (value === 'invalid') remarks.push({ what: from, why: 'not a whole number of seconds: counts as stale' });
    return { lifetime: value === 'invalid' ? seconds(0) : value, from };
  }

  // RFC 9213 §2.2: where CDN-Cache-Control counts, Expires does not.
  const expires = directives.field === 'Cache-Control' ? linesOf(response.headers, 'expires') : [];
  if (expires.length > 0) return { lifetime: expiresLifetime(response, expires, remarks), from: 'Expires' };

  if (context.defaultMaxAge !== null) return { lifetime: context.defaultMaxAge, from: 'website default' };
  const heuristic = heuristicLifetime(response, directives, context.heuristicMax);
  return heuristic > 0 ? { lifetime: heuristic, from: 'heuristic' } : { lifetime: seconds(0), from: 'none' };
}

/** `Expires` minus `Date`. RFC 9111 §5.3: an invalid date, `0` above all, is in the past. */
function expiresLifetime(response: ResponseHead, lines: readonly string[], remarks: Remark[]): Seconds {
  const values = new Set(lines);
  const [text = ''] = values;
  const expires = values.size === 1 ? parseHttpDate(text.trim(), response.responseTime) : undefined;
  if (expires === undefined) {
    remarks.push({ what: `Expires: ${lines.join(', ')}`, why: 'not a valid HTTP date: counts as stale' });
    return seconds(0);
  }
  return wholeSeconds(expires - dateOf(response));
}

/** RFC 9111 §4.2.2: a tenth of the time since the last change, where the status or `public` allows a guess. */
function heuristicLifetime(response: ResponseHead, directives: Directives, most: Seconds): Seconds {
  if (!heuristicallyCacheable.has(response.status) && !directives.has('public')) return seconds(0);
  const [text = ''] = linesOf(response.headers, 'last-modified');
  const lastModified = parseHttpDate(text.trim(), response.responseTime);
  if (lastModified === undefined) return seconds(0);
  return seconds(Math.min(wholeSeconds((dateOf(response) - lastModified) / 10), most));
}

/**
 * RFC 9111 §4.2.3: how old the response already was when it arrived. Computed in milliseconds: sums of fractional
 * seconds are inexact.
 */
function correctedInitialAge(response: ResponseHead, remarks: Remark[]): Milliseconds {
  const { requestTime, responseTime, headers } = response;
  const apparentAge = wholeSeconds(responseTime - dateOf(response));
  const age = ageOf(headers);
  const [ageText] = linesOf(headers, 'age');
  if (ageText !== undefined && age === 0 && !/^\s*0+\s*(,|$)/.test(ageText)) {
    remarks.push({ what: `Age: ${ageText}`, why: 'ignored: not a whole number of seconds' });
  }
  const responseDelay = Math.max(0, responseTime - requestTime);
  return milliseconds(Math.max(apparentAge * 1000, age * 1000 + responseDelay));
}

/** The response's `Date`; its arrival time where that is missing or invalid (RFC 9110 §6.6.1). */
function dateOf(response: ResponseHead): EpochMs {
  const [text = ''] = linesOf(response.headers, 'date');
  return parseHttpDate(text.trim(), response.responseTime) ?? response.responseTime;
}

/** Whole seconds of a duration in milliseconds, never negative. HTTP dates have no fractions. */
function wholeSeconds(span: number): Seconds {
  return seconds(Math.max(0, Math.floor(span / 1000)));
}

/** RFC 9111 §3: what must not be kept. */
function storeForbiddenBy(response: ResponseHead, directives: Directives, from: LifetimeSource): string | null {
  const name = (directive: string) => `${directives.field}: ${directive}`;
  // §5.2.2.3: a cache that understands the status code ignores the no-store beside must-understand.
  const understood = directives.has('must-understand') && heuristicallyCacheable.has(response.status);
  if (directives.has('no-store') && !understood) return name('no-store');
  // §5.2.2.7: with field names, `private` covers those fields only, and we pass none of them on.
  if (directives.hasUnqualified('private')) return name('private');
  const mayGuess = heuristicallyCacheable.has(response.status) || directives.has('public');
  return mayGuess || from !== 'none' ? null : `status ${response.status} without explicit freshness`;
}

/** The directive that requires revalidation on every request; a max_age tag overrides `no-cache`. */
function askAlwaysBy(directives: Directives, vary: readonly string[], tag: Seconds | undefined): string | null {
  // §5.2.2.4: with field names, `no-cache` covers those fields only, and we pass none of them on.
  if (tag === undefined && directives.hasUnqualified('no-cache')) return `${directives.field}: no-cache`;
  return vary.includes('*') ? 'Vary: *' : null; // RFC 9111 §4.1
}

// Frameworks that send `stale-while-revalidate` without a number mean that an old copy is welcome at any age. A year is
// what Next.js writes since it writes a number (docs/decisions/0017-windows-without-a-number.md).
const openWindow = seconds(31_536_000);

/** RFC 9111 §4.2.4 and RFC 5861. */
function stalePolicy(directives: Directives, remarks: Remark[]): StalePolicy {
  const window = (name: 'stale-while-revalidate' | 'stale-if-error'): Seconds | null => {
    if (directives.hasUnqualified(name)) return openWindow;
    const value = directives.secondsOf(name);
    if (value !== 'invalid') return value ?? null;
    remarks.push({ what: `${directives.field}: ${name}`, why: 'ignored: not a whole number of seconds' });
    return null;
  };
  const whileRevalidate = window('stale-while-revalidate');
  const ifError = window('stale-if-error');
  const forbidding = ['must-revalidate', 'proxy-revalidate'].find((name) => directives.has(name));
  if (forbidding !== undefined || directives.hasUnqualified('no-cache')) {
    return { forbiddenBy: `${directives.field}: ${forbidding ?? 'no-cache'}`, whileRevalidate, ifError };
  }
  // §5.2.2.10: s-maxage also forbids stale responses, unless the response itself sets a window for them.
  if (directives.has('s-maxage')) {
    if (whileRevalidate === null && ifError === null) {
      return { forbiddenBy: `${directives.field}: s-maxage`, whileRevalidate, ifError };
    }
    return { forbiddenBy: null, whileRevalidate: whileRevalidate ?? seconds(0), ifError: ifError ?? seconds(0) };
  }
  return { forbiddenBy: null, whileRevalidate, ifError };
}

function readValidators(response: ResponseHead): Validators {
  const [etag] = linesOf(response.headers, 'etag');
  const [lastModified] = linesOf(response.headers, 'last-modified');
  return {
    ...(etag === undefined || etag.trim() === '' ? {} : { etag: etag.trim() }),
    ...(lastModified !== undefined && parseHttpDate(lastModified.trim(), epochMs(response.responseTime)) !== undefined
      ? { lastModified: lastModified.trim() }
      : {}),
  };
}
