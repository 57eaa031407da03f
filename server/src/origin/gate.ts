import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { Failure } from '../errors.ts';
import type { Guard } from './guard.ts';
import { guardedLookup } from './guarded-lookup.ts';

/** The one way out for the browser. */
export interface Gate extends AsyncDisposable {
  /** `http://127.0.0.1:port`, for the browser's `--proxy-server`. */
  readonly url: string;
}

// A server that takes longer to connect to is not waited for by any card.
const connectTimeoutMs = 10_000;

// RFC 9110 §7.6.1: what speaks of one connection is not passed on.
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer', 'upgrade'];

/**
 * A forward proxy on loopback that lets the browser reach what the guard lets it reach, and nothing else: plain
 * requests, and tunnels for https and WebSocket.
 */
export async function openGate(guard: Guard): Promise<Gate> {
  const lookup = guardedLookup(guard);

  const forward = (req: IncomingMessage, res: ServerResponse): void => {
    const url = URL.canParse(req.url ?? '') ? new URL(req.url ?? '') : undefined;
    if (url === undefined || url.protocol !== 'http:') {
      res.writeHead(400).end();
      return;
    }
    try {
      guard.checkUrl(url);
    } catch (error) {
      refuse(res, error);
      return;
    }
    const headers = Object.fromEntries(Object.entries(req.headers).filter(([name]) => !hopByHop.includes(name)));
    const onward = httpRequest(url, { method: req.method ?? 'GET', headers, lookup, agent: false });
    onward.setTimeout(connectTimeoutMs, () => onward.destroy());
    onward.on('response', (response) => {
      const kept = Object.entries(response.headers).filter(([name]) => !hopByHop.includes(name));
      res.writeHead(response.statusCode ?? 502, Object.fromEntries(kept));
      pipeline(response, res, () => {});
    });
    onward.on('error', (error) => refuse(res, error));
    pipeline(req, onward, () => {});
    res.on('close', () => onward.destroy());
  };

  const server = createServer(forward);
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (req, socket, head) => {
    const target = `https://${req.url ?? ''}`;
    try {
      if (!URL.canParse(target)) throw new Failure('malformed-address', 'The address cannot be read.');
      guard.checkUrl(new URL(target));
    } catch {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(target);
    const host = hostname.replace(/^\[|\]$/g, '');
    const onward = net.connect({ host, port: Number(port || 443), lookup, timeout: connectTimeoutMs });
    onward.once('timeout', () => onward.destroy());
    onward.once('connect', () => {
      onward.setTimeout(0);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(res: ServerResponse, error: unknown): void {
  if (res.headersSent) res.destroy();
  else res.writeHead(error instanceof Failure && error.slug === 'address-refused' ? 403 : 502).end();
}
