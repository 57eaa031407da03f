import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { type Guard, portOf } from './guard.ts';
import { guardedLookup } from './guarded-lookup.ts';
import type { Meter } from './meter.ts';
import { strictUrl } from './strict-url.ts';

// No card waits longer for a connection.
const connectTimeoutMs = 10_000;
// Longer than any render: an idle connection may serve the website's next card.
const idleMs = 60_000;

/** Tunnels the browser to an allowed server, for https and WebSocket: `CONNECT host:port`. */
export function tunnelling(guard: Guard, meter: Meter) {
  return (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const url = meter.admits() ? readTarget(req.url ?? '', guard) : undefined;
    if (url === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = portOf(url);
    const onward = net.connect({ host, port, lookup: guardedLookup(guard, port), timeout: connectTimeoutMs });
    onward.on('timeout', () => onward.destroy());
    onward.once('connect', () => {
      onward.setTimeout(idleMs);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.on('data', (chunk: Buffer) => meter.count(chunk.length));
      socket.on('data', (chunk: Buffer) => meter.count(chunk.length));
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  };
}

/** The target; undefined if it is not allowed, or is not exactly a host and a port (RFC 9110 §9.3.6). */
function readTarget(target: string, guard: Guard): URL | undefined {
  if (!/^[^/?#]+:\d+$/.test(target)) return undefined;
  try {
    const url = strictUrl(`https://${target}`);
    guard.checkUrl(url);
    return url;
  } catch {
    return undefined;
  }
}
