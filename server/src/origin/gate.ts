import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { forwarding } from './forward.ts';
import type { Guard } from './guard.ts';
import { tunnelling } from './tunnel.ts';

/** The one way out for the browser. */
export interface Gate extends AsyncDisposable {
  /** `http://127.0.0.1:port`, for the browser's `--proxy-server`. */
  readonly url: string;
  /** Counts anew, for the next page. */
  renew(): void;
  /** Whether the page that is counted passed the limit; nothing more of it gets through. */
  readonly isOver: boolean;
}

/** What passes the gate, counted. */
export interface Meter {
  readonly isOver: boolean;
  count(bytes: number): void;
}

// Chromium opens 32 connections to a proxy at once, and WebSockets beside them. A page that needs more shows nothing more.
const mostConnections = 100;

/**
 * A forward proxy on loopback that lets the browser reach what the guard lets it reach, and nothing else: plain
 * requests, and tunnels for https and WebSocket.
 * @param maxBytes that get through for one page, in both directions; then its connections are cut.
 */
export async function openGate(guard: Guard, maxBytes = Number.POSITIVE_INFINITY): Promise<Gate> {
  const sockets = new Set<Socket>();
  let passed = 0;
  const meter: Meter = {
    get isOver() {
      return passed > maxBytes;
    },
    count(bytes) {
      passed += bytes;
      if (meter.isOver) for (const socket of sockets) socket.destroy();
    },
  };

  // Names of cookies and long addresses: as much as the fetcher takes.
  const server = createServer({ maxHeaderSize: 65_536 }, forwarding(guard, meter));
  server.maxConnections = mostConnections;
  server.on('connect', tunnelling(guard, meter));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const reopenPort = guard.closePort(port);
  return {
    url: `http://127.0.0.1:${port}`,
    get isOver() {
      return meter.isOver;
    },
    renew() {
      passed = 0;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      reopenPort();
    },
  };
}
