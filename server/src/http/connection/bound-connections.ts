import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Which connections wait for nothing. */
export interface IdleConnections {
  /** A request came over it. */
  busy(socket: Socket): void;
  /** All its requests were answered. */
  idle(socket: Socket): void;
}

/**
 * Limits the number of connections. A new one beyond the limit replaces the one that has been idle for longest, after a
 * response or before its first request; if all are busy, the new one is closed.
 */
export function boundConnections(server: Server, most: number): IdleConnections {
  /** Longest idle first. */
  const idle = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open++;
    idle.add(socket);
    socket.once('close', () => {
      open--;
      idle.delete(socket);
    });
    if (open <= most) return;
    const [longest = socket] = idle;
    idle.delete(longest);
    longest.destroy();
  });
  return {
    busy: (socket) => void idle.delete(socket),
    idle: (socket) => void (socket.destroyed || idle.add(socket)),
  };
}
