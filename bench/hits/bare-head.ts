/** Header fields with the names and lengths that the service sends with a card. */
export function pictureHead(bytes: number): string[] {
  return [
    ['X-Content-Type-Options', 'nosniff'],
    ['Cross-Origin-Resource-Policy', 'cross-origin'],
    ['ETag', `"${'0'.repeat(64)}"`],
    ['Last-Modified', 'Thu, 26 Nov 2026 09:00:00 GMT'],
    ['Cache-Control', 'public, max-age=86000'],
    ['Cache-Status', 'ogplus; hit; ttl=86000'],
    ['Vary', 'User-Agent'],
    ['Content-Type', 'image/png'],
    ['Content-Length', String(bytes)],
  ].flat();
}
