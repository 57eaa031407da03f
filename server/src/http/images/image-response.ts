import type { IncomingMessage, ServerResponse } from 'node:http';
import { formatHttpDate } from '../../http-syntax/http-date.ts';
import type { Outcome } from '../../model/card.ts';
import type { CacheStatus, CardResponse } from '../../model/card-response.ts';
import { Problem, type ProblemType } from '../../model/problem.ts';
import { FetchProblem } from '../../origin/fetch-problem.ts';
import { problemAnswer } from '../problem.ts';
import { nothingLoads } from '../security-headers.ts';
import { isNotModified } from './not-modified.ts';

// docs/guides/addresses.md: any site may embed pictures, and they are never anything else.
const always = ['X-Content-Type-Options', 'nosniff', 'Cross-Origin-Resource-Policy', 'cross-origin'];

export interface SendOptions {
  /** The public base address. */
  readonly url: string;
  /** Whether another network gets another picture at the same address. */
  readonly variesByAgent: boolean;
}

/** Sends a card (docs/guides/addresses.md), `304` if the requester has it, or `404` if its page is gone. */
export function sendCard(
  req: IncomingMessage,
  res: ServerResponse,
  response: CardResponse,
  { url, variesByAgent }: SendOptions,
): void {
  const { outcome } = response.card;
  if (outcome.kind === 'gone') {
    sendFailure(req, res, goneFailure(outcome.status), url, response.cacheStatus);
    return;
  }
  const { picture, renderedAt } = outcome;
  const heads = pictureHeads(response, outcome, variesByAgent);
  if (isNotModified(req.headers, picture.hash, renderedAt)) {
    res.writeHead(304, heads.short).end();
    return;
  }
  res.writeHead(200, heads.whole);
  res.end(req.method === 'HEAD' ? undefined : response.bytes);
}

export function goneFailure(status: number): Problem {
  return new Problem('page-gone', `The page answers ${status}.`, { status });
}

/** The fields of a `304`, and those of a `200`. */
interface Heads {
  readonly short: string[];
  readonly whole: string[];
}

/** Headers of responses that are sent repeatedly: at addresses that vary by the network, and at others. */
const knownHeads = [new WeakMap<CardResponse, Heads>(), new WeakMap<CardResponse, Heads>()] as const;

type PictureOutcome = Extract<Outcome, { kind: 'picture' }>;

/** Fields that stay as long as the picture, however often its page answers `304`. */
const picturesFields = new WeakMap<PictureOutcome, readonly string[]>();

function fieldsOf(outcome: PictureOutcome): readonly string[] {
  const known = picturesFields.get(outcome);
  if (known !== undefined) return known;
  const { picture, renderedAt } = outcome;
  const fields = [...always, 'ETag', `"${picture.hash}"`, 'Last-Modified', formatHttpDate(renderedAt)];
  picturesFields.set(outcome, fields);
  return fields;
}

function pictureHeads(response: CardResponse, outcome: PictureOutcome, variesByAgent: boolean): Heads {
  const ofKind = knownHeads[variesByAgent ? 0 : 1];
  const known = ofKind.get(response);
  if (known !== undefined) return known;
  const { reuse, cacheStatus, timings } = response;
  const timing = Object.entries(timings).map(([name, span]) => `${name};dur=${span.toFixed(1)}`);
  const short = [
    ...fieldsOf(outcome),
    'Cache-Control',
    typeof reuse === 'number' ? `public, max-age=${reuse}` : reuse,
    'Cache-Status',
    formatCacheStatus(cacheStatus),
    ...varyOf(response, variesByAgent),
    ...(timing.length > 0 ? ['Server-Timing', timing.join(', ')] : []),
  ];
  const { picture } = outcome;
  const heads = { short, whole: [...short, 'Content-Type', picture.type, 'Content-Length', String(picture.size)] };
  if (cacheStatus.hit) ofKind.set(response, heads); // any other is sent once
  return heads;
}

/** RFC 9110 §12.5.5: which other request fields select the picture. */
function varyOf({ card }: CardResponse, variesByAgent: boolean): readonly string[] {
  const byLanguage = card.policy.vary.some(([name]) => name === 'accept-language');
  const names = [...(variesByAgent ? ['User-Agent'] : []), ...(byLanguage ? ['Accept-Language'] : [])];
  return names.length === 0 ? [] : ['Vary', names.join(', ')];
}

/** Sends an error as `application/problem+json` (RFC 9457). */
export function sendFailure(
  req: IncomingMessage,
  res: ServerResponse,
  error: unknown,
  url: string,
  cacheStatus: CacheStatus = failedStatus(error),
): void {
  const { status, headers, body } = problemAnswer(error, url);
  const detail = error instanceof Problem ? error.type : 'internal';
  res.writeHead(status, [
    ...always,
    ...headers.flat(),
    'Content-Security-Policy',
    nothingLoads,
    'Cache-Control',
    'no-store',
    'Cache-Status',
    formatCacheStatus({ ...cacheStatus, detail }),
    'Content-Type',
    'application/problem+json',
    'Content-Length',
    String(Buffer.byteLength(body)),
  ]);
  res.end(req.method === 'HEAD' ? undefined : body);
}

const askedOrigin = new Set<ProblemType>([
  'origin-failed',
  'origin-too-slow',
  'page-unsuitable',
  'page-gone',
  'render-failed',
]);

/** RFC 9211 §2.2: what is remembered, or refused before the origin is asked, does not go forward. */
export function failedStatus(error: unknown): CacheStatus {
  const ttl = error instanceof FetchProblem ? error.options.rememberedFor : undefined;
  if (ttl !== undefined) return { hit: true, ttl };
  if (!(error instanceof Problem) || !askedOrigin.has(error.type)) return { hit: false };
  const { status } = error.facts;
  return { hit: false, forwarded: 'miss', ...(typeof status === 'number' ? { forwardStatus: status } : {}) };
}

/** RFC 9211 §2. */
export function formatCacheStatus(cacheStatus: CacheStatus): string {
  const { hit, ttl, forwarded, forwardStatus, stored, collapsed, detail } = cacheStatus;
  let text = 'ogplus';
  if (hit) text += '; hit';
  else if (forwarded !== undefined) text += `; fwd=${forwarded}`;
  if (forwardStatus !== undefined) text += `; fwd-status=${forwardStatus}`;
  if (ttl !== undefined) text += `; ttl=${ttl}`;
  if (stored === true) text += '; stored';
  if (collapsed === true) text += '; collapsed';
  if (detail !== undefined) text += `; detail=${detail}`;
  return text;
}
