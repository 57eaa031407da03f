// The least that Node can do: `node:http` that answers every request with the same head and bytes. Prints its port.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pictureHead } from './bare-head.ts';

const bytes = randomBytes(Number(process.argv[2]));
const head = pictureHead(bytes.length);
const server = createServer((_, res) => {
  res.writeHead(200, head);
  res.end(bytes);
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
