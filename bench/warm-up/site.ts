import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A website with an index of sitemaps, every other of them compressed, and pages that stay fresh. */
export interface Site extends AsyncDisposable {
  readonly origin: string;
  /** How often each page was fetched. */
  readonly fetched: ReadonlyMap<string, number>;
}

const files = 4;

const body = (path: string) => `<!doctype html><html lang="en"><head><title>Page ${path}</title><style>
body{margin:60px;background:linear-gradient(135deg,#f4f8ff,#dbe6f5);color:#123;font:34px/1.4 sans-serif}
h1{font-size:84px;margin:0 0 20px}</style></head><body><h1>Page ${path}</h1>
<p>Some lines of text, a gradient behind them, and nothing that has to be loaded.</p></body></html>`;

/** @param pages how many the sitemaps name, `/pages/0` and so on. */
export async function startSite(pages: number): Promise<Site> {
  const fetched = new Map<string, number>();
  const server = createServer((req, res) => {
    const path = req.url ?? '/';
    const origin = `http://${req.headers.host}`;
    if (path === '/robots.txt') return void res.end(`Sitemap: ${origin}/sitemaps.xml\n`);
    if (path === '/sitemaps.xml') return void res.end(index(origin));
    const file = /^\/sitemap-(\d)\.xml(\.gz)?$/.exec(path);
    if (file !== null) {
      const text = sitemap(origin, Number(file[1]), pages);
      return void res.end(file[2] === undefined ? text : gzipSync(text));
    }
    fetched.set(path, (fetched.get(path) ?? 0) + 1);
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.setHeader('Cache-Control', 'max-age=86400');
    res.end(body(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    fetched,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function index(origin: string): string {
  const names = Array.from({ length: files }, (_, nth) => `sitemap-${nth}.xml${nth % 2 === 1 ? '.gz' : ''}`);
  return `<sitemapindex>${names.map((name) => `<sitemap><loc>${origin}/${name}</loc></sitemap>`).join('')}</sitemapindex>`;
}

function sitemap(origin: string, nth: number, pages: number): string {
  const each = Math.ceil(pages / files);
  const numbers = Array.from({ length: each }, (_, at) => nth * each + at).filter((at) => at < pages);
  return `<urlset>${numbers.map((at) => `<url><loc>${origin}/pages/${at}</loc></url>`).join('')}</urlset>`;
}
