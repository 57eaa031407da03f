import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Network } from '../../model/network.ts';
import type { Milliseconds } from '../../model/units.ts';
import { sendFailure } from '../images/image-response.ts';
import { isWithin, networkOf } from './client-address.ts';
import type { Connections } from './connections.ts';
import { noteRequest, refuseTunnel } from './refuse-connection.ts';
import { settleRequestLine } from './request-line.ts';
import { cutSlowReaders } from './slow-readers.ts';

export interface StrictServerOptions {
  /** For a whole request to arrive, from the connection's first byte. */
  readonly receiveTimeout: Milliseconds;
  /** For the client to read what was sent. */
  readonly sendTimeout: Milliseconds;
  readonly maxConnections: number;
  /** Proxies hold many clients' connections. */
  readonly trustedProxies: readonly Network[];
  /** Those of this server, for an orderly stop. */
  readonly connections: Connections;
  /** The public base address. */
  readonly url: string;
}

// Longer than the 60 s after which most load balancers close an idle connection, so that they close it first.
const keepAliveTimeout = 65_000;
// Node's default: fits an 8 kB request line, the longest that is read, and any real client's fields.
const maxHeaderSize = 16_384;
// Browsers send some twenty, proxies add a few.
const maxHeadersCount = 100;
// Requests sent before earlier responses were read. Few clients do it, and each one holds memory.
const mostPipelined = 20;
// No client may take the connections that all others need.
const shareOfOneClient = 0.25;

/**
 * An HTTP server with timeouts for slow clients and limits on connections. Connections that send more requests than they read
 * responses are closed; ambiguous requests are refused.
 */
export function createStrictServer(options: StrictServerOptions, handler: RequestListener): Server {
  const { receiveTimeout, sendTimeout, maxConnections, trustedProxies, connections, url } = options;
  const onRequest: RequestListener = (req, res) => {
    if (connections.add(req, res) > mostPipelined) {
      req.socket.destroy();
      return;
    }
    try {
      settleRequestLine(req);
    } catch (error) {
      res.shouldKeepAlive = false; // what follows such a request may be part of it
      sendFailure(req, res, error, url);
      return;
    }
    handler(req, res);
    if (!res.writableEnded) connections.noteLate(req, res);
  };

  const server = createServer(
    {
      keepAliveTimeout,
      maxHeaderSize,
      headersTimeout: receiveTimeout,
      requestTimeout: receiveTimeout,
      // A late request is noticed within half its timeout.
      connectionsCheckingInterval: Math.ceil(receiveTimeout / 2),
      insecureHTTPParser: false,
      requireHostHeader: false, // settleRequestLine requires it, with a problem as the answer
      // A request without a body has none to wait for: its stream has ended before it is looked at, without events.
      optimizeEmptyRequests: true,
    },
    onRequest,
  );
  server.on('checkExpectation', onRequest); // settleRequestLine refuses it
  server.on('connect', (_, socket) => refuseTunnel(socket as Socket, url));
  server.maxHeadersCount = maxHeadersCount;
  connections.follow(server, maxConnections, noteRequest);
  limitEachClient(server, Math.max(1, Math.floor(maxConnections * shareOfOneClient)), trustedProxies);
  cutSlowReaders(server, sendTimeout);
  return server;
}

function limitEachClient(server: Server, most: number, trustedProxies: readonly Network[]): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const ip = socket.remoteAddress;
    // Without an address it is an HTTP worker, which limits its clients itself.
    if (ip === undefined || isWithin(ip, trustedProxies)) return;
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
