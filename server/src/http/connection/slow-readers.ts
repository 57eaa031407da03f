import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Milliseconds } from '../../model/units.ts';

interface Unsent {
  /** How many bytes the connection will have sent once the pending ones are sent. */
  readonly end: number;
  readonly since: number;
}

/**
 * Closes connections whose client has not read the pending bytes within `timeout`: each holds a picture in memory and a
 * place. Checked by a timer, so that a response that is read at once costs nothing.
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
