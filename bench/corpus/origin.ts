import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundle } from './bundles.ts';
import type { CorpusPage, Route } from './page.ts';
import { sharedRoute, typeOf } from './shared-routes.ts';

/** The web that the corpus lies in: real servers on loopback, with real delays and answers that never come. */
export interface CorpusOrigin extends AsyncDisposable {
  /** `http://127.0.0.1:port`, and those of the websites that have an origin of their own. */
  readonly origins: readonly string[];
  urlOf(page: CorpusPage): string;
  /** Writes down what is asked of a page and of what lies below it, until the function that it gives is called. */
  listen(page: CorpusPage): () => string[];
}

const host = '127.0.0.1';
const elsewhere = '127.0.0.2';
// Longer than anything that draws the page waits.
const longestDelay = 20_000;

/** Serves these pages; those that are websites have an address of the loopback network each (Linux has them all). */
export async function startCorpusOrigin(pages: readonly CorpusPage[]): Promise<CorpusOrigin> {
  const sites = pages.filter(({ site }) => site !== undefined);
  const hostOf = (page: CorpusPage) => (page.site === undefined ? host : `127.0.1.${sites.indexOf(page) + 1}`);
  const byName = new Map(pages.map((page) => [page.name, page]));
  const listeners = new Set<{ readonly page: CorpusPage; readonly heard: string[] }>();
  const servers: Server[] = [];
  const bundles = new Map<CorpusPage, Route>();
  for (const page of pages) {
    if (page.bundle !== undefined) bundles.set(page, { body: await bundle(page), type: 'text/javascript' });
  }

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', `http://${req.headers.host}`);
    const site = sites.find((page) => hostOf(page) === url.hostname);
    const page = site ?? byName.get(nameIn(url.pathname)) ?? byName.get(nameIn(pathOfReferer(req)));
    for (const { page: wanted, heard } of listeners) if (wanted === page) heard.push(url.href);
    const route = page && (site ? fileOf(site, url.pathname) : await routeOf(page, url, bundles.get(page)));
    const text = (body: string) => body.replaceAll('{elsewhere}', `http://${elsewhere}:${port}/${page?.name}`);
    await send(res, route, Number(url.searchParams.get('delay') ?? 0), text);
  };
  const open = async (address: string, port: number): Promise<number> => {
    const server = createServer((req, res) => void answer(req, res).catch((error) => res.destroy(error)));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    return (server.address() as AddressInfo).port;
  };
  const port = await open(host, 0);
  for (const address of [elsewhere, ...sites.map(hostOf)]) await open(address, port);

  return {
    origins: [host, ...sites.map(hostOf)].map((address) => `http://${address}:${port}`),
    urlOf: (page) => `http://${hostOf(page)}:${port}${page.site?.path ?? `/${page.name}/`}`,
    listen(page) {
      const listener = { page, heard: [] as string[] };
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        return listener.heard;
      };
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function nameIn(path: string): string {
  return path.split('/')[1] ?? '';
}

function pathOfReferer({ headers: { referer } }: IncomingMessage): string {
  return referer === undefined || !URL.canParse(referer) ? '' : new URL(referer).pathname;
}

async function routeOf(page: CorpusPage, url: URL, made?: Route): Promise<Route | 'never' | undefined> {
  const path = decodeURIComponent(url.pathname).slice(page.name.length + 2);
  if (path === '' && url.pathname.startsWith(`/${page.name}/`)) {
    // A card of it may be kept; what it loads may not, so that each drawing is the first.
    const { html: body, type = 'text/html; charset=utf-8', status = 200 } = page;
    return { body, type, status, headers: { 'Cache-Control': 'public, max-age=3600', ...page.headers } };
  }
  if (path === 'bundle.js') return made;
  return page.routes?.[path] ?? (await sharedRoute(path, url.searchParams));
}

function fileOf({ site }: CorpusPage, target: string): Route | undefined {
  const path = join(site?.folder ?? '', normalize(decodeURIComponent(target)));
  for (const file of [path, `${path}.html`, join(path, 'index.html')]) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const type = typeOf(file);
    const headers = type.startsWith('text/html') ? { 'Cache-Control': 'public, max-age=3600' } : {};
    return { body: readFileSync(file), type, headers };
  }
  return undefined;
}

async function send(
  res: ServerResponse,
  route: Route | 'never' | undefined,
  delay: number,
  text: (body: string) => string,
): Promise<void> {
  if (route === 'never') return;
  const { body, type = 'text/html; charset=utf-8', status = 200, headers } = route ?? { ...notFound };
  const wait = Math.min(longestDelay, Math.max(delay, route?.delay ?? 0));
  if (wait > 0) await pause(wait);
  const all = { 'Content-Type': type, 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*', ...headers };
  res.writeHead(status, all).end(typeof body === 'string' ? text(body) : body);
}

const notFound: Route = { body: 'Not found', type: 'text/plain', status: 404 };
