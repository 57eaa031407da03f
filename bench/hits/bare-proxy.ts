// The least that a proxy in Node can do: `node:http` and a pool of undici. It asks the origin with a validator for every
// request, and answers a `304` with the same head and bytes as the service. Prints its port.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { pictureHead } from './bare-head.ts';

const [origin = '', size = '0'] = process.argv.slice(2);
const pool = new Pool(origin);
const bytes = randomBytes(Number(size));
const head = pictureHead(bytes.length);
const server = createServer(async (req, res) => {
  const asked = { path: req.url ?? '/', method: 'GET', headers: { 'if-none-match': '"v1"' } } as const;
  const { statusCode, body } = await pool.request(asked);
  await body.dump();
  if (statusCode !== 304) throw new Error(`The origin answers ${statusCode}.`);
  res.writeHead(200, head);
  res.end(bytes);
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
