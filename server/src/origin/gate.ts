import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { forwarding } from './forward.ts';
import type { Guard } from './guard.ts';
import type { Meter } from './meter.ts';
import { tunnelling } from './tunnel.ts';

/** The browser's only network access. */
export interface Gate extends AsyncDisposable {
  /** `http://127.0.0.1:port`, for the browser's `--proxy-server`. */
  readonly url: string;
  /** What passed since the last `renew`, in both directions. */
  readonly bytes: number;
  /** Blocks this page from now on. */
  cut(): void;
  /** Unblocks and resets the counters, for the next page. */
  renew(): void;
}

/** Limits per page, until `renew`; beyond them its connections are closed. */
interface GateLimits {
  /** In both directions. */
  readonly bytes: number;
  /** Plain requests, and tunnels. */
  readonly requests: number;
}

// Chromium opens 32 connections to a proxy, and WebSockets besides. A page that needs more shows nothing more.
const mostConnections = 100;

const unlimited: GateLimits = { bytes: Number.POSITIVE_INFINITY, requests: Number.POSITIVE_INFINITY };

/**
 * A forward proxy on loopback that lets the browser reach what the guard allows and nothing else: plain requests, and
 * tunnels for https and WebSocket.
 *
 * It does not authenticate. Chromium takes no proxy credentials at startup, and answering its challenges over CDP would
 * pause every request of every page. Another user of the machine who finds the port can reach what the guard allows
 * anyone, as the service: public addresses and the allowed networks.
 */
export async function openGate(guard: Guard, limits = unlimited): Promise<Gate> {
  const sockets = new Set<Socket>();
  let passed = { bytes: 0, requests: 0 };
  let isCut = false;
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const meter: Meter = {
    admits: () => !isCut && ++passed.requests <= limits.requests,
    count(bytes) {
      passed.bytes += bytes;
      if (passed.bytes > limits.bytes) cut();
    },
  };

  // Cookies' names and long addresses: the same limit as the fetcher's.
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
    get bytes() {
      return passed.bytes;
    },
    cut,
    renew() {
      isCut = false;
      passed = { bytes: 0, requests: 0 };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      reopenPort();
    },
  };
}
