import type { IncomingMessage } from 'node:http';
import { parseHttpDate } from '../../http-syntax/http-date.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';

/**
 * Whether the requester has the picture already.
 * RFC 9110 §13.2.2: `If-None-Match` first; `If-Modified-Since` only without it.
 * @param hash of the picture; its strong `ETag`.
 */
export function isNotModified(headers: IncomingMessage['headers'], hash: string, renderedAt: EpochMs): boolean {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
      .some((tag) => tag === '*' || tag === `"${hash}"`);
  }
  const since = headers['if-modified-since'];
  const date = since === undefined ? undefined : parseHttpDate(since.trim(), renderedAt);
  return date !== undefined && epochMs(Math.floor(renderedAt / 1000) * 1000) <= date;
}
