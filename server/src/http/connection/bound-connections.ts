import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Holds no more than so many connections. For a new one past that the one goes that has been idle for longest, after an
 * answer or before its first request; where all are at work, the new one itself.
 */
export function boundConnections(server: Server, most: number): void {
  /** The longest idle first. */
  const idle = new Set<Socket>();
  const unanswered = new WeakMap<Socket, number>();
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
  server.on('request', ({ socket }: { readonly socket: Socket }, res: ServerResponse) => {
    idle.delete(socket);
    unanswered.set(socket, (unanswered.get(socket) ?? 0) + 1);
    res.once('close', () => {
      const left = (unanswered.get(socket) ?? 1) - 1;
      unanswered.set(socket, left);
      if (left === 0 && !socket.destroyed) idle.add(socket);
    });
  });
}
