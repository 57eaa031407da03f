import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CacheStatus } from '../../model/card-response.ts';
import type { Picture } from '../../model/picture.ts';
import type { Problem } from '../../model/problem.ts';
import { failedStatus, formatCacheStatus } from './image-response.ts';

/** Sends a website's fallback picture instead of an error (docs/guides/addresses.md); never kept, so that the card can follow. */
export function sendFallback(
  req: IncomingMessage,
  res: ServerResponse,
  problem: Problem,
  { type, size }: Picture,
  bytes: Buffer,
  cacheStatus: CacheStatus = failedStatus(problem),
): void {
  res.writeHead(200, {
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'no-store',
    // RFC 9211 §2.8: what was sent instead of the card, and why.
    'Cache-Status': formatCacheStatus({ ...cacheStatus, detail: `fallback-for-${problem.type}` }),
    'Content-Type': type,
    'Content-Length': size,
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}
