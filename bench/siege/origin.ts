// The websites of a siege, in a process of their own. Prints its port. A path `/{kind}/{n}` is a hostile page.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostilePages } from './hostile-pages.ts';

const canary = process.argv[2] ?? '';
const quiet = (path: string) => `<!doctype html><html lang="en"><head><title>x</title><style>
body{margin:60px;background:linear-gradient(135deg,#f4f8ff,#dbe6f5);font:34px/1.4 sans-serif}</style></head>
<body><h1>A card</h1><p>${path}</p><p>${Math.random()}</p></body></html>`;

const server = createServer((req, res) => {
  const path = req.url ?? '/';
  if (path.startsWith('/held')) return; // never answered
  const [, kind = '', n = '0'] = path.split('/');
  const hostile = hostilePages[kind];
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Cache-Control', 'max-age=86400');
  res.end(hostile === undefined ? quiet(path) : hostile(Number(n), { canary }));
});
server.listen(0, '0.0.0.0', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
