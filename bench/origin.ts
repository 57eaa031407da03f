// A small static site in a process of its own: `max-age` below /kept/, `no-cache` with an ETag below /asked/,
// nothing below /cold/. Prints its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const html = `<!doctype html><html lang="en"><head><title>Bench</title><style>
body{margin:60px;background:linear-gradient(135deg,#f4f8ff,#dbe6f5);color:#123;font:34px/1.4 sans-serif}
h1{font-size:84px;margin:0 0 20px}</style></head><body><h1>A card to measure</h1>
<p>Some lines of text, a gradient behind them, and nothing that has to be loaded.</p></body></html>`;

const server = createServer((req, res) => {
  const path = req.url ?? '/';
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (path.startsWith('/kept/')) res.setHeader('Cache-Control', 'max-age=86400');
  if (path.startsWith('/asked/')) {
    res.setHeader('Cache-Control', 'no-cache');
    res.setHeader('ETag', '"v1"');
    if (req.headers['if-none-match'] === '"v1"') {
      res.writeHead(304).end();
      return;
    }
  }
  res.end(html);
});
server.listen(0, () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
