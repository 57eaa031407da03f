import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '../errors.ts';
import type { Picture } from '../store/store.ts';

/** Sends a website's fallback picture in place of a failure (SPEC section 7): never kept, so that the card comes next. */
export function sendFallback(
  req: IncomingMessage,
  res: ServerResponse,
  { slug }: Failure,
  { type, size }: Picture,
  bytes: Buffer,
): void {
  res.writeHead(200, {
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'no-store',
    // RFC 9211 §2.8: what came in place of the card, and why.
    'Cache-Status': `ogplus; fwd=miss; detail=fallback-for-${slug}`,
    'Content-Type': type,
    'Content-Length': size,
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}
