import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an origin heard: the request line's target and the header fields. */
export interface Heard {
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
}

/** A real server on loopback that answers as it is told and writes down what it was asked. */
export interface Origin extends AsyncDisposable {
  readonly url: string;
  readonly heard: Heard[];
  /** How it answers from now on. */
  answer: (req: IncomingMessage, res: ServerResponse) => void;
}

/** @param address where it listens, on a free port. */
export async function startOrigin(answer: Origin['answer'], address = '127.0.0.1'): Promise<Origin> {
  const server = createServer((req, res) => {
    res.sendDate = false; // real time is not the time that the tests move
    origin.heard.push({ target: req.url ?? '', headers: req.headers });
    origin.answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const origin: Origin = {
    url: `http://${address}:${(server.address() as AddressInfo).port}`,
    heard: [],
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return origin;
}

export interface PageOptions {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Inside `<head>`. */
  readonly head?: string;
  readonly body?: string;
  readonly status?: number;
}

/** Answers with an HTML page; `304` where a validator of `headers` matches the request's. */
export function page({ headers = {}, head = '', body = '<h1>A page</h1>', status = 200 }: PageOptions = {}) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    const etag = headers['ETag'];
    const lastModified = headers['Last-Modified'];
    const { 'if-none-match': noneMatch, 'if-modified-since': since } = req.headers;
    const matches = noneMatch === undefined ? since !== undefined && since === lastModified : noneMatch === etag;
    if (matches) {
      res.writeHead(304, headers).end();
      return;
    }
    res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    res.end(`<!doctype html><html><head><title>t</title>${head}</head><body>${body}</body></html>`);
  };
}
