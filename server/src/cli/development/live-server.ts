import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../terminal.ts';
import type { LiveCards, LiveState } from './live-cards.ts';

export interface LiveServer extends AsyncDisposable {
  /** `http://127.0.0.1:4180/`. */
  readonly address: string;
}

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['live-page.html', 'text/html; charset=utf-8'],
  '/live-page.css': ['live-page.css', 'text/css; charset=utf-8'],
  '/live-page.js': ['live-page.js', 'text/javascript; charset=utf-8'],
};

const fields = {
  'Cache-Control': 'no-store',
  // Only its own files: rendered pages are shown as pictures and never run here.
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Serves the live page on loopback, for the developer's browser.
 * @throws {CommandError} if the port is taken.
 */
export async function startLiveServer(cards: LiveCards, port: number): Promise<LiveServer> {
  const server = createServer((req, res) => {
    respond(req, res, cards).catch(() => res.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new CommandError(`Port ${port} is taken. Choose another with --port.`)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections(); // event streams never end by themselves
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(req: IncomingMessage, res: ServerResponse, cards: LiveCards): Promise<void> {
  const path = req.url?.split('?', 1)[0] ?? '/';
  // With a host name that resolves to this machine, another site's page could read ours.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(req.headers.host ?? '')) return refuse(res, 403);
  if (req.method !== 'GET' && req.method !== 'HEAD') return refuse(res, 405);
  if (path === '/events') return stream(req, res, cards);
  const [, name] = /^\/cards\/([a-z]+)$/.exec(path) ?? [];
  const picture = name === undefined ? undefined : cards.picture(name);
  if (picture !== undefined) {
    res.writeHead(200, { ...fields, 'Content-Type': picture.type, 'Content-Length': picture.bytes.length });
    res.end(picture.bytes);
    return;
  }
  const [file, type] = files[path] ?? [];
  if (file === undefined) return refuse(res, 404);
  const body = await readFile(fileURLToPath(new URL(file, import.meta.url)));
  res.writeHead(200, { ...fields, 'Content-Type': type }).end(body);
}

/** Server-sent events (HTML §9.2): each is the whole state. */
function stream(req: IncomingMessage, res: ServerResponse, cards: LiveCards): void {
  res.writeHead(200, { ...fields, 'Content-Type': 'text/event-stream' });
  const send = (state: LiveState) => void res.write(`data: ${JSON.stringify(state)}\n\n`);
  send(cards.state);
  req.once('close', cards.listen(send));
}

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { ...fields, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${status}\n`);
}
