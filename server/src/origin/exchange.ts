import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { HeaderLines } from '../model/policy.ts';

/** What ends a request before its time: the part of an `AbortSignal` that is needed for it. */
export interface Ending {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', told: () => void): void;
  removeEventListener(type: 'abort', told: () => void): void;
  /** Told of every body: it lasts until the body is read. */
  cover?(body: Readable): void;
}

export interface Answer {
  readonly status: number;
  readonly headers: HeaderLines;
  /** Null for a `304`, which has none. */
  readonly body: Readable | null;
}

/**
 * Sends one request and resolves with the head of its answer. Undici's own `request` makes a stream and an asynchronous
 * resource for each answer, which a `304` needs neither of: half of what it costs to ask for one.
 * @throws the ending's reason, and network errors as they come.
 */
export function exchange(to: Dispatcher, options: Dispatcher.DispatchOptions, ending: Ending): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (ending.aborted) reject(ending.reason);
    else to.dispatch(options, new Exchange(ending, resolve, reject));
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #ending: Ending;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (reason: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: Body | null = null;

  constructor(ending: Ending, resolve: (answer: Answer) => void, reject: (reason: unknown) => void) {
    this.#ending = ending;
    this.#resolve = resolve;
    this.#reject = reject;
    ending.addEventListener('abort', this.#abort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ending.aborted) this.#abort(); // while it waited for a connection
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    if (status !== 304) {
      this.#body = new Body(controller);
      this.#ending.cover?.(this.#body);
    }
    this.#resolve({ status, headers: headerLines(headers), body: this.#body });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body !== null && !this.#body.push(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#ending.removeEventListener('abort', this.#abort);
    this.#body?.push(null);
  }

  onResponseError(_: unknown, error: Error): void {
    this.#ending.removeEventListener('abort', this.#abort);
    this.#reject(error); // has no effect once there is an answer
    this.#body?.destroy(error);
  }

  readonly #abort = () => {
    const { reason } = this.#ending;
    this.#reject(reason); // at once: it may wait for a connection
    this.#controller?.abort(reason instanceof Error ? reason : new Error(String(reason)));
  };
}

/** The body of a response, received as fast as it is read. Destroying it closes the connection. */
class Body extends Readable {
  readonly #controller: Dispatcher.DispatchController;

  constructor(controller: Dispatcher.DispatchController) {
    super({ highWaterMark: 65_536 });
    this.#controller = controller;
    this.on('error', () => {}); // whoever reads it is told; nobody may read it yet
  }

  override _read(): void {
    this.#controller.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.readableEnded) this.#controller.abort(error ?? new Error('The rest of the body is not wanted.'));
    done(error);
  }
}

/** Undici gives names in lower case. */
function headerLines(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderLines {
  const lines: Array<readonly [string, string]> = [];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (typeof value === 'string') lines.push([name, value]);
    else for (const line of value ?? []) lines.push([name, line]);
  }
  return lines;
}
