import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';

interface Connection {
  readonly socket: Socket;
  /** Requests without a response yet, in order. */
  readonly unanswered: ServerResponse[];
  /** Larger for those that are idle for a shorter time; 0 while requests wait for a response. */
  idleSince: number;
}

// So many are found with one look at all connections, while new ones beyond the limit arrive.
const foundAtOnce = 100;

/**
 * The clients' connections and their requests without a response yet. Limits the connections, and lets the service stop
 * without cutting a request off. Every fresh card pays for what is done here for a request.
 */
export class Connections {
  readonly #open = new Map<Socket, Connection>();
  #unanswered = 0;
  #moments = 0;
  /** Those that had been idle for longest at the last look, the longest last. */
  #idle: Array<{ readonly connection: Connection; readonly since: number }> = [];
  #onNone: (() => void) | undefined;
  #isStopping = false;

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /**
   * Limits the number of connections. A new one beyond the limit replaces the one that has been idle for longest, after a
   * response or before its first request; if all are busy, the new one is closed.
   */
  follow(server: Server, most: number): void {
    server.on('connection', (socket: Socket) => {
      const connection: Connection = { socket, unanswered: [], idleSince: ++this.#moments };
      this.#open.set(socket, connection);
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#count(-connection.unanswered.splice(0).length);
      });
      if (this.#open.size > most) this.#longestIdle()?.destroy();
    });
  }

  /** A request came. Returns how many requests of its connection wait for a response, this one included. */
  add({ socket }: IncomingMessage, res: ServerResponse): number {
    const connection = this.#open.get(socket);
    if (connection === undefined) return 1; // it was closed
    if (this.#isStopping) res.shouldKeepAlive = false;
    connection.idleSince = 0;
    this.#count(1);
    res.on('close', () => this.#answered(connection, res));
    return connection.unanswered.push(res);
  }

  /** Waits up to `grace` until all requests are answered; `refuse` answers the rest. */
  async stop(grace: Milliseconds, refuse: (req: IncomingMessage, res: ServerResponse) => void): Promise<void> {
    this.#isStopping = true;
    for (const res of this.#pending()) res.shouldKeepAlive = false; // the last one on its connection
    if (this.#unanswered === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onNone = resolve;
    await resultWithin(grace, promise);
    for (const res of this.#pending()) if (!res.headersSent) refuse(res.req, res);
  }

  /** The response was sent, or nobody waits for it any more. */
  #answered(connection: Connection, res: ServerResponse): void {
    const { unanswered } = connection;
    const at = unanswered.indexOf(res);
    if (at < 0) return; // its connection was closed
    unanswered.splice(at, 1);
    if (unanswered.length === 0) connection.idleSince = ++this.#moments;
    this.#count(-1);
  }

  #count(more: number): void {
    this.#unanswered += more;
    if (this.#unanswered === 0) this.#onNone?.();
  }

  #pending(): ServerResponse[] {
    return [...this.#open.values()].flatMap(({ unanswered }) => unanswered);
  }

  #longestIdle(): Socket | undefined {
    if (this.#idle.length === 0) this.#look();
    for (let found = this.#idle.pop(); found !== undefined; found = this.#idle.pop()) {
      const { connection, since } = found;
      if (connection.idleSince === since && !connection.socket.destroyed) return connection.socket;
      if (this.#idle.length === 0) this.#look();
    }
    return undefined;
  }

  #look(): void {
    this.#idle = [...this.#open.values()]
      .filter(({ idleSince, socket }) => idleSince > 0 && !socket.destroyed)
      .map((connection) => ({ connection, since: connection.idleSince }))
      .sort((a, b) => a.since - b.since)
      .slice(0, foundAtOnce)
      .reverse();
  }
}
