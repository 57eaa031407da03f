// Serves a folder as hosts for static sites do: with the fields of its `_headers`. Netlify and Cloudflare Pages read that file.
// `node static-host.mjs public`
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';

const site = resolve(process.argv[2] ?? 'public');
const fields = readFileSync(join(site, '_headers'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('  '))
  .map((line) => line.trim().split(/:\s*/, 2));
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css' };

createServer((req, res) => {
  const path = normalize(decodeURI(new URL(req.url, 'http://site').pathname));
  const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(file) || !statSync(file).isFile()) return res.writeHead(404).end('Not found');
  const { mtime, size } = statSync(file);
  const etag = `"${mtime.getTime().toString(36)}-${size}"`;
  for (const [name, value] of fields) res.setHeader(name, value);
  res.setHeader('ETag', etag);
  if (req.headers['if-none-match'] === etag) return res.writeHead(304).end();
  res.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
  return createReadStream(file).pipe(res);
}).listen(Number(process.env.PORT ?? 8080), process.env.HOST);
