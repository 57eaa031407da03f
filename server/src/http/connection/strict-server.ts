import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Network } from '../../model/network.ts';
import type { Milliseconds } from '../../model/units.ts';
import { boundConnections } from './bound-connections.ts';
import { isWithin, networkOf } from './client-address.ts';
import { cutSlowReaders } from './slow-readers.ts';

export interface StrictServerOptions {
  /** For a whole request to arrive, from the first byte of the connection on. */
  readonly receiveTimeout: Milliseconds;
  /** For what was sent to be taken by the client. */
  readonly sendTimeout: Milliseconds;
  readonly maxConnections: number;
  /** Proxies hold the connections of many clients. */
  readonly trustedProxies: readonly Network[];
}

// Longer than the 60 s after which most load balancers let go of an idle connection, so that theirs is the one to end.
const keepAliveTimeout = 65_000;
// Node's own default, which holds a request line of 8 kB, the longest that is read, and fields of any real client.
const maxHeaderSize = 16_384;
// Browsers send some twenty, proxies add a few.
const maxHeadersCount = 100;
// Requests sent before the answers to earlier ones were taken. Hardly a client does it, and each one holds memory.
const mostPipelined = 20;
// One client may not hold the connections that all others need.
const shareOfOneClient = 0.25;

/** An HTTP server that waits for no client for long, and holds no more connections than it may. */
export function createStrictServer(options: StrictServerOptions, handler: RequestListener): Server {
  const { receiveTimeout, sendTimeout, maxConnections, trustedProxies } = options;
  const server = createServer(
    {
      keepAliveTimeout,
      maxHeaderSize,
      headersTimeout: receiveTimeout,
      requestTimeout: receiveTimeout,
      // A late request is noticed by half of the time that it had.
      connectionsCheckingInterval: Math.ceil(receiveTimeout / 2),
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    withoutPipelines(handler),
  );
  server.maxHeadersCount = maxHeadersCount;
  boundConnections(server, maxConnections);
  limitEachClient(server, Math.max(1, Math.floor(maxConnections * shareOfOneClient)), trustedProxies);
  cutSlowReaders(server, sendTimeout);
  return server;
}

/** Ends connections that ask for more than they take. */
function withoutPipelines(handler: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>();
  return (req, res) => {
    const { socket } = req;
    const count = (unanswered.get(socket) ?? 0) + 1;
    if (count > mostPipelined) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, count);
    res.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    handler(req, res);
  };
}

function limitEachClient(server: Server, most: number, trustedProxies: readonly Network[]): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const ip = socket.remoteAddress ?? '';
    if (isWithin(ip, trustedProxies)) return;
    const client = networkOf(ip);
    const count = (open.get(client) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(client, count);
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left === 0) open.delete(client);
      else open.set(client, left);
    });
  });
}
