import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.d.ts';
import { startTimeout } from '../../../model/timeout.ts';
import type { Milliseconds } from '../../../model/units.ts';
import type { CdpTransport } from './cdp-transport.ts';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

/** A command that failed or got no response: it was refused, the connection closed, or its deadline passed. */
export class CdpError extends Error {
  readonly lost: boolean;

  /** @param lost the browser did not respond at all: its holder should give it up. */
  constructor(message: string, lost: boolean) {
    super(message);
    this.name = 'CdpError';
    this.lost = lost;
  }
}

/** The page's process or the whole browser exited: as far as known, the request itself is fine. */
export class PageGone extends CdpError {
  readonly wasKilled: boolean;

  /** @param wasKilled it was killed from outside, as far as known. */
  constructor(message: string, wasKilled = false) {
    super(message, true);
    this.name = 'PageGone';
    this.wasKilled = wasKilled;
  }
}

/** The events of one session. */
export interface SessionEvents {
  on<E extends keyof Events>(event: E, listener: (params: Events[E][0]) => void): () => void;
}

/** Commands to one session, and its events. */
export interface CdpSession extends SessionEvents {
  send<M extends keyof Commands>(
    method: M,
    params: Commands[M]['paramsType'][0],
    deadline?: Milliseconds,
  ): Promise<Commands[M]['returnType']>;
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
  readonly timeout: Disposable;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

export interface SendOptions {
  readonly session?: string;
  readonly deadline: Milliseconds;
  /** A large parameter, sent in chunks. Building one string of 10 MB blocks the serving thread for 100 ms. */
  readonly base64?: Base64Parameter;
}

export interface Base64Parameter {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The Chrome DevTools Protocol, flat sessions: commands with deadlines, events by session. */
export class Cdp {
  readonly #transport: CdpTransport;
  readonly #pending = new Map<number, Pending>();
  /** By session (`''` for the browser itself), then by event. */
  readonly #listeners = new Map<string, Map<string, Set<(params: never) => void>>>();
  readonly #closeListeners = new Set<() => void>();
  /** Events that anyone has ever listened to. */
  readonly #wanted = new Set<string>();
  /** Counts events and their bytes: a page can cause as many as it likes. */
  readonly received = { events: 0, bytes: 0 };
  readonly closed: Promise<void>;
  #lastId = 0;
  #isClosed = false;

  constructor(transport: CdpTransport) {
    this.#transport = transport;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    transport.onMessage = (text) => this.#receive(JSON.parse(text) as Message);
    transport.onEvent = (method, bytes) => {
      this.received.events++;
      this.received.bytes += bytes;
      return this.#wanted.has(method);
    };
    transport.onClose = (why) => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(gone(why));
      for (const told of this.#closeListeners) told();
      resolve();
    };
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Sends a command. Every one has a deadline: Chromium never responds to some.
   * @throws {CdpError} refused, late, or the connection closed.
   */
  send<M extends keyof Commands>(
    method: M,
    params: Commands[M]['paramsType'][0],
    { session, deadline, base64 }: SendOptions,
  ): Promise<Commands[M]['returnType']> {
    if (this.#isClosed) return Promise.reject(gone());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const late = () => this.#settle(id)?.reject(new CdpError(`The browser did not answer ${method} in time.`, true));
      this.#pending.set(id, { resolve, reject, timeout: startTimeout(deadline, late) });
      const ofSession = session === undefined ? {} : { sessionId: session };
      const message = JSON.stringify({ id, method, ...ofSession, params: params ?? {} });
      this.#transport.send(base64 === undefined ? message : withBase64(message, base64));
    });
  }

  /** Calls `listener` for each event of the session, or of the browser without one. Returns a function that stops it. */
  on<E extends keyof Events>(
    event: E,
    session: string | undefined,
    listener: (params: Events[E][0]) => void,
  ): () => void {
    this.#wanted.add(event);
    const ofSession = getOrSet(this.#listeners, session ?? '', () => new Map());
    const listeners = getOrSet(ofSession, event, () => new Set());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Drops all listeners of a session that has ended. */
  forget(session: string): void {
    this.#listeners.delete(session);
  }

  /** Calls `listener` when the connection closes. Objects with a shorter life must stop it, or it keeps them alive. */
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
    pending?.timeout[Symbol.dispose]();
    this.#pending.delete(id);
    return pending;
  }
}

/** @param why it had to be closed; undefined if the browser exited. */
function gone(why?: string): CdpError {
  return why === undefined ? new PageGone('The browser is gone.', true) : new CdpError(why, true);
}

// A multiple of three: base64 chunks can then be concatenated.
const pieceBytes = 3 * 65_536;

/** @param message ends with its parameters, of which there is at least one. */
function* withBase64(message: string, { name, bytes }: Base64Parameter): Iterable<string> {
  yield `${message.slice(0, -2)},"${name}":"`;
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.toString('base64', at, at + pieceBytes);
  yield '"}}';
}

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
