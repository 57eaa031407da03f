// The least that Node can do: `node:http` that answers every request with the same head and bytes, in one process or, with a second
// argument, in as many workers. Prints its port.
import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pictureHead } from './bare-head.ts';

const [size, workers = '1'] = process.argv.slice(2);

if (cluster.isPrimary && workers !== '1') {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const exec = fileURLToPath(import.meta.url);
  cluster.setupPrimary({ exec, args: [String(size), workers, 'bare-worker'] });
  let listening = 0;
  cluster.on('listening', (_, { port }) => {
    if (++listening === Number(workers)) process.stdout.write(`${port}\n`);
  });
  for (let n = 0; n < Number(workers); n++) cluster.fork();
  process.once('SIGTERM', () => process.exit(0));
} else {
  const bytes = randomBytes(Number(size));
  const head = pictureHead(bytes.length);
  const server = createServer((_, res) => {
    res.writeHead(200, head);
    res.end(bytes);
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    if (cluster.isPrimary) process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
  });
}
