import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('pages/', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/** The site's own address, and how to stop it. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Where the cards of its pages are: `http://mlghbepw.localhost:3000`, no slash at its end. Told when it is known. */
  cards: string;
}

/** Serves the pages, each with its card's address in its head and the headers that say how long the card holds. */
export async function startSite(port: number): Promise<Site> {
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, readFileSync(folder + name, 'utf8')]));
  const server = createServer((req, res) => {
    const path = new URL(req.url ?? '/', 'http://site').pathname;
    const text =
      path === '/' ? index(site.cards, files) : files.get(path)?.replace('{{card}}', cardTags(site.cards + path));
    if (text === undefined) {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such page.\n');
      return;
    }
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`;
    const headers = { 'Cache-Control': 'public, max-age=60', ETag: etag };
    if (req.headers['if-none-match'] === etag) res.writeHead(304, headers).end();
    else res.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? types['.html'] }).end(text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const site: Site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cards: '',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

function cardTags(card: string): string {
  return `<meta property="og:image" content="${card}">
  <meta name="twitter:card" content="summary_large_image">`;
}

/** What each page shows; the order is that of the index. */
const shown: ReadonlyArray<readonly [page: string, mode: string, says: string]> = [
  ['template', 'Template', 'A card of its own, in a <template> that readers of the page never see.'],
  ['networks', 'Template for a network', 'One for all, one for X, a tall one for Pinterest.'],
  ['selector', 'Selector', 'One figure of an article, whole, on its own background.'],
  ['code', 'Selector', 'The same with a listing.'],
  ['page', 'Whole page', 'The first screen, without its menu and banner: [data-ogplus] hides them.'],
  ['style', 'Style', 'og:plus:style dresses the body.'],
  ['viewport', 'Viewport width', 'The page as on a narrow screen.'],
  ['chart', 'Scripts', 'Drawn by a script from data that it fetches; the card waits.'],
  ['languages', 'Text', 'Fourteen scripts and emoji; the page sends no font.'],
  ['photograph', 'Format', 'Gradients and grain: sent as JPEG. The flat ones are lossless.'],
];

/** The consumers whose frames differ, and for whom some page has more to say. */
const consumers = ['generic', 'twitter', 'linkedin', 'kakaotalk', 'pinterest'];

function index(cards: string, files: ReadonlyMap<string, string>): string {
  const sections = shown.map(([page, mode, says]) => {
    const title = /<title>(.*?)<\/title>/.exec(files.get(`/${page}.html`) ?? '')?.[1] ?? page;
    const card = `${cards}/${page}.html`;
    const others = consumers.map((name) => `<a href="${card}?ogplus_consumer=${name}">${name}</a>`).join(' ');
    return `<section><a href="/${page}.html"><img src="${card}" width="600" height="315" alt="Card of “${title}”"></a>
      <p class="kicker">${mode}</p><h2>${title}</h2><p>${says.replaceAll('<', '&lt;')}</p><p class="others">${others}</p></section>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Gallery</title><link rel="stylesheet" href="/site.css"><style>
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); gap: 48px 40px; padding: 48px 40px 96px; max-width: 1480px; margin: 0 auto; }
img { display: block; width: 100%; height: auto; border-radius: 12px; box-shadow: 0 1px 2px #0002, 0 10px 34px #0f1d3322; background: var(--sand); }
section .kicker { margin: 22px 0 8px; } h2 { margin: 0 0 4px; font-size: 25px; line-height: 1.25; } section p { margin: 0; }
.others { font: 500 14px/2 "Noto Sans", sans-serif; } .others a { color: var(--sea); margin-right: 10px; }
</style></head><body><nav><b>Gallery</b></nav><main>${sections.join('\n')}</main></body></html>`;
}

/** Names of the pages, without `.html`, in the order of the index. */
export const pages: readonly string[] = shown.map(([page]) => page);
