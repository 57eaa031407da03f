// The least that Node can do: `node:http` that answers every request with the same head and bytes. Prints its port.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const bytes = randomBytes(Number(process.argv[2]));
// The names and lengths that the service sends with a fresh card.
const head = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Resource-Policy', 'cross-origin'],
  ['ETag', `"${'0'.repeat(64)}"`],
  ['Last-Modified', 'Thu, 26 Nov 2026 09:00:00 GMT'],
  ['Cache-Control', 'public, max-age=86000'],
  ['Cache-Status', 'ogplus; hit; ttl=86000'],
  ['Vary', 'User-Agent'],
  ['Content-Type', 'image/png'],
  ['Content-Length', String(bytes.length)],
].flat();
const server = createServer((_, res) => {
  res.writeHead(200, head);
  res.end(bytes);
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
