import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, Served } from '../cards/answer.ts';
import { Failure } from '../errors.ts';
import { formatHttpDate } from '../freshness/http-date.ts';
import type { KeptCard, Picture } from '../store/store.ts';
import type { EpochMs } from '../units.ts';
import { isNotModified } from './not-modified.ts';
import { problemAnswer } from './problem.ts';
import { nothingLoads } from './security-headers.ts';

// SPEC section 6: pictures are for every site to show, and are nothing but pictures.
const always = ['X-Content-Type-Options', 'nosniff', 'Cross-Origin-Resource-Policy', 'cross-origin'];

/** Writes a card (SPEC section 6), or `304` where the requester has it already, or `404` where its page is gone. */
export function sendAnswer(req: IncomingMessage, res: ServerResponse, answer: Answer, url: string): void {
  const { outcome } = answer.card;
  if (outcome.kind === 'gone') {
    sendFailure(req, res, goneFailure(outcome.status), url, answer.served);
    return;
  }
  const { picture, renderedAt } = outcome;
  const headers = pictureHeaders(answer, picture, renderedAt);
  if (isNotModified(req.headers, picture.hash, renderedAt)) {
    res.writeHead(304, headers).end();
    return;
  }
  res.writeHead(200, [...headers, 'Content-Type', picture.type, 'Content-Length', String(picture.size)]);
  res.end(req.method === 'HEAD' ? undefined : answer.bytes);
}

export function goneFailure(status: number): Failure {
  return new Failure('page-gone', `The page answers ${status}.`, { status });
}

/** The last head of each kept card: it changes once a second, and a card may be asked for thousands of times in one. */
const lastHits = new WeakMap<KeptCard, { readonly ttl: number | undefined; readonly headers: string[] }>();

function pictureHeaders(answer: Answer, picture: Picture, renderedAt: EpochMs): string[] {
  const { card, reuse, served, timings } = answer;
  const plainHit = served.hit && served.detail === undefined;
  const last = plainHit ? lastHits.get(card) : undefined;
  if (last !== undefined && last.ttl === served.ttl) return last.headers;
  const timing = Object.entries(timings).map(([name, span]) => `${name};dur=${span.toFixed(1)}`);
  const headers = [
    ...always,
    'ETag',
    `"${picture.hash}"`,
    'Last-Modified',
    formatHttpDate(renderedAt),
    'Cache-Control',
    typeof reuse === 'number' ? `public, max-age=${reuse}` : reuse,
    'Cache-Status',
    cacheStatus(served),
    ...(timing.length > 0 ? ['Server-Timing', timing.join(', ')] : []),
  ];
  if (plainHit) lastHits.set(card, { ttl: served.ttl, headers });
  return headers;
}

/** Writes a failure as `application/problem+json` (RFC 9457). */
export function sendFailure(
  req: IncomingMessage,
  res: ServerResponse,
  error: unknown,
  url: string,
  served: Served = { hit: false, forwarded: 'miss' },
): void {
  const { status, headers, body } = problemAnswer(error, url);
  const detail = error instanceof Failure ? error.slug : 'internal';
  res.writeHead(status, [
    ...always,
    ...headers.flat(),
    'Content-Security-Policy',
    nothingLoads,
    'Cache-Control',
    'no-store',
    'Cache-Status',
    cacheStatus({ ...served, detail }),
    'Content-Type',
    'application/problem+json',
    'Content-Length',
    String(Buffer.byteLength(body)),
  ]);
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** RFC 9211 §2. */
export function cacheStatus(served: Served): string {
  const { hit, ttl, forwarded, forwardStatus, stored, collapsed, detail } = served;
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
