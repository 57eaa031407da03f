import type { Readable, Writable } from 'node:stream';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.d.ts';
import type { Milliseconds } from '../../model/units.ts';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

/** A command that Chromium refused, or that got no answer: the connection closed or its deadline passed. */
export class CdpError extends Error {
  readonly lost: boolean;

  /** @param lost the browser did not answer at all: whoever holds it should let go of it. */
  constructor(message: string, lost: boolean) {
    super(message);
    this.name = 'CdpError';
    this.lost = lost;
  }
}

/** The page's process or its whole browser ended: nothing is wrong with the request itself, as far as anyone knows. */
export class PageGone extends CdpError {
  constructor(message: string) {
    super(message, true);
    this.name = 'PageGone';
  }
}

/** The events of one session. */
export interface SessionEvents {
  on<E extends keyof Events>(event: E, listener: (params: Events[E][0]) => void): () => void;
}

/** How messages get to the browser and back: a pipe, or a WebSocket to a browser elsewhere. */
export interface CdpTransport {
  send(message: string): void;
  close(): void;
  onMessage: (message: string) => void;
  onClose: () => void;
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The Chrome DevTools Protocol, flat sessions: commands with deadlines, events by session. */
export class Cdp {
  readonly #transport: CdpTransport;
  readonly #pending = new Map<number, Pending>();
  /** By session (`''` for the browser itself), then by event. */
  readonly #listeners = new Map<string, Map<string, Set<(params: never) => void>>>();
  readonly #closeListeners = new Set<() => void>();
  readonly closed: Promise<void>;
  #lastId = 0;
  #isClosed = false;

  constructor(transport: CdpTransport) {
    this.#transport = transport;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    transport.onMessage = (text) => this.#receive(JSON.parse(text) as Message);
    transport.onClose = () => {
      this.#isClosed = true;
      for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(new CdpError('The browser is gone.', true));
      for (const told of this.#closeListeners) told();
      resolve();
    };
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Sends a command. Every one has a deadline: Chromium is known to answer some never.
   * @throws {CdpError} refused, late, or the connection closed.
   */
  send<M extends keyof Commands>(
    method: M,
    params: Commands[M]['paramsType'][0],
    options: { readonly session?: string; readonly deadline: Milliseconds },
  ): Promise<Commands[M]['returnType']> {
    if (this.#isClosed) return Promise.reject(new CdpError('The browser is gone.', true));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const late = () => this.#settle(id)?.reject(new CdpError(`The browser did not answer ${method} in time.`, true));
      this.#pending.set(id, { resolve, reject, timer: setTimeout(late, options.deadline) });
      const session = options.session === undefined ? {} : { sessionId: options.session };
      this.#transport.send(JSON.stringify({ id, method, params: params ?? {}, ...session }));
    });
  }

  /** Calls `listener` for each event of the session, or of the browser without one. Gives the way to stop it. */
  on<E extends keyof Events>(
    event: E,
    session: string | undefined,
    listener: (params: Events[E][0]) => void,
  ): () => void {
    const ofSession = getOrSet(this.#listeners, session ?? '', () => new Map());
    const listeners = getOrSet(ofSession, event, () => new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Drops all listeners of a session that has ended. */
  forget(session: string): void {
    this.#listeners.delete(session);
  }

  /** Calls `listener` when the connection closes; what lives shorter than the browser must stop it, or is kept by it. */
  onClosed(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => void this.#closeListeners.delete(listener);
  }

  close(): void {
    this.#transport.close();
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      const pending = this.#settle(message.id);
      if (message.error === undefined) pending?.resolve(message.result as never);
      else pending?.reject(new CdpError(message.error.message, false));
      return;
    }
    const listeners = this.#listeners.get(message.sessionId ?? '')?.get(message.method ?? '');
    for (const listener of [...(listeners ?? [])]) listener(message.params as never);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    if (pending !== undefined) clearTimeout(pending.timer);
    this.#pending.delete(id);
    return pending;
  }
}

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** Messages over Chromium's remote debugging pipe, each ended by a NUL byte. */
export function pipeTransport(input: Writable, output: Readable): CdpTransport {
  const transport: CdpTransport = {
    send: (message) => {
      // What is sent at once is written at once: each write wakes the browser.
      if (input.writableCorked === 0) {
        input.cork();
        process.nextTick(() => input.uncork());
      }
      input.write(`${message}\0`);
    },
    close: () => void input.end(),
    onMessage: () => {},
    onClose: () => {},
  };
  let parts: Buffer[] = [];
  output.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, end));
      transport.onMessage(Buffer.concat(parts).toString('utf8'));
      parts = [];
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  });
  // A pipe breaks when the browser goes; its end is told by `close`.
  input.on('error', () => {});
  output.on('error', () => {});
  output.on('close', () => transport.onClose());
  return transport;
}

/** Messages over a WebSocket to a browser elsewhere. Rejects where it cannot be reached. */
export async function socketTransport(url: string): Promise<CdpTransport> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onopen = () => resolve();
  socket.onerror = () => reject(new Error(`The browser at ${url} cannot be reached.`));
  await promise;
  const transport: CdpTransport = {
    send: (message) => socket.send(message),
    close: () => socket.close(),
    onMessage: () => {},
    onClose: () => {},
  };
  socket.onmessage = (event) => transport.onMessage(String(event.data));
  socket.onclose = () => transport.onClose();
  return transport;
}
