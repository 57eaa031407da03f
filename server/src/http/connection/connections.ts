import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';

interface Connection {
  readonly socket: Socket;
  /** In order; one that was sent stays until the next request comes. */
  readonly responses: ServerResponse[];
  /** Larger for those that are idle for a shorter time: when it opened, was last asked, or got an answer that took time. */
  idleSince: number;
  hasAsked: boolean;
}

// So many are found with one look at all connections, while new ones beyond the limit arrive.
const foundAtOnce = 100;

/**
 * The clients' connections and their requests without a response yet. Limits the connections, and lets the service stop
 * without cutting a request off. Every fresh card pays for what is done here for a request.
 */
export class Connections {
  readonly #open = new Map<Socket, Connection>();
  #moments = 0;
  /** Those that had been idle for longest at the last look, the longest last. */
  #idle: Array<{ readonly connection: Connection; readonly since: number }> = [];
  #onNone: (() => void) | undefined;
  #onFirst: (socket: Socket) => void = () => {};
  #isStopping = false;

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /**
   * Limits the number of connections. A new one beyond the limit replaces the one that has been idle for longest, after a
   * response or before its first request; if all are busy, the new one is closed.
   * @param onFirst called with the first request of each.
   */
  follow(server: Server, most: number, onFirst: (socket: Socket) => void): void {
    this.#onFirst = onFirst;
    server.on('connection', (socket: Socket) => {
      this.#open.set(socket, { socket, responses: [], idleSince: ++this.#moments, hasAsked: false });
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#tellNone();
      });
      if (this.#open.size > most) this.#longestIdle()?.destroy();
    });
  }

  /** A request came. Returns how many requests of its connection wait for a response, this one included. */
  add({ socket }: IncomingMessage, res: ServerResponse): number {
    const connection = this.#open.get(socket);
    if (connection === undefined) return 1; // it was closed
    if (!connection.hasAsked) this.#onFirst(socket);
    connection.hasAsked = true;
    connection.idleSince = ++this.#moments;
    const { responses } = connection;
    // An answer is known by its state: a listener for each would be an eighth of what a fresh card takes.
    while (responses[0]?.closed === true) responses.shift();
    if (this.#isStopping) this.#end(res);
    return responses.push(res);
  }

  /** The request's response takes time: its connection is idle from then on. */
  noteLate({ socket }: IncomingMessage, res: ServerResponse): void {
    res.once('close', () => {
      const connection = this.#open.get(socket);
      if (connection !== undefined) connection.idleSince = ++this.#moments;
    });
  }

  /** Waits up to `grace` until all requests are answered; `refuse` answers the rest. */
  async stop(grace: Milliseconds, refuse: (req: IncomingMessage, res: ServerResponse) => void): Promise<void> {
    this.#isStopping = true;
    const pending = this.#pending();
    if (pending.length === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onNone = resolve;
    for (const res of pending) this.#end(res);
    await resultWithin(grace, promise);
    for (const res of this.#pending()) if (!res.headersSent) refuse(res.req, res);
  }

  /** The last response on its connection. */
  #end(res: ServerResponse): void {
    res.shouldKeepAlive = false;
    res.once('close', () => this.#tellNone());
  }

  #tellNone(): void {
    if (this.#onNone !== undefined && this.#pending().length === 0) this.#onNone();
  }

  #pending(): ServerResponse[] {
    return [...this.#open.values()].flatMap(({ responses }) => responses.filter(({ closed }) => !closed));
  }

  #longestIdle(): Socket | undefined {
    if (this.#idle.length === 0) this.#look();
    for (let found = this.#idle.pop(); found !== undefined; found = this.#idle.pop()) {
      const { connection, since } = found;
      if (connection.idleSince === since && isIdle(connection)) return connection.socket;
      if (this.#idle.length === 0) this.#look();
    }
    return undefined;
  }

  #look(): void {
    this.#idle = [...this.#open.values()]
      .filter(isIdle)
      .map((connection) => ({ connection, since: connection.idleSince }))
      .sort((a, b) => a.since - b.since)
      .slice(0, foundAtOnce)
      .reverse();
  }
}

function isIdle({ socket, responses }: Connection): boolean {
  return !socket.destroyed && responses.every(({ closed }) => closed);
}
