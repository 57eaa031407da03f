import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Milliseconds } from '../../model/units.ts';

interface Unsent {
  /** How many bytes the connection will have sent when what waits now is gone. */
  readonly end: number;
  readonly since: number;
}

/**
 * Ends connections whose client has not taken within `timeout` what waited for it: each holds a picture in memory and
 * a place. Looked at from outside, now and then, so that an answer that is taken at once costs nothing.
 */
export function cutSlowReaders(server: Server, timeout: Milliseconds): void {
  const sockets = new Map<Socket, Unsent | undefined>();
  server.on('connection', (socket) => {
    sockets.set(socket, undefined);
    socket.once('close', () => sockets.delete(socket));
  });

  const look = () => {
    const now = performance.now();
    for (const [socket, before] of sockets) {
      const sent = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0) sockets.set(socket, undefined);
      else if (before === undefined || sent >= before.end)
        sockets.set(socket, { end: socket.bytesWritten, since: now });
      else if (now - before.since >= timeout) socket.destroy();
    }
  };
  // A reader gets at most a quarter more than its time.
  const looking = setInterval(look, Math.ceil(timeout / 4)).unref();
  server.once('close', () => clearInterval(looking));
}
