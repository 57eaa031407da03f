import type { Readable, Writable } from 'node:stream';
import type { Milliseconds } from '../../../model/units.ts';
import { MessageReader } from './message-reader.ts';

/** The connection to the browser: a pipe, or a WebSocket to a remote browser. */
export interface CdpTransport {
  /** @param message whole, or in chunks that are produced as they can be sent. */
  send(message: string | Iterable<string>): void;
  /** Calls `onClose` too, whether or not the other side closes. */
  close(): void;
  onMessage: (message: string) => void;
  /** Called for every event; returns whether `onMessage` should get it. */
  onEvent: (method: string, bytes: number) => boolean;
  /** @param why a sentence, unless the browser exited. */
  onClose: (why?: string) => void;
}

/** Messages over Chromium's remote debugging pipe, each terminated by a NUL byte. */
export function pipeTransport(input: Writable, output: Readable): CdpTransport {
  let why: string | undefined;
  const send = pipeWriter(input);
  const transport: CdpTransport = {
    send,
    close: () => {
      input.end();
      transport.onClose();
    },
    onMessage: () => {},
    onEvent: () => true,
    onClose: () => {},
  };
  const reader = readerFor(transport, (sentence) => {
    why = sentence;
    output.destroy();
  });
  output.on('data', (chunk: Buffer) => reader.push(chunk));
  // The pipe breaks when the browser exits, which `close` reports.
  input.on('error', () => {});
  output.on('error', () => {});
  output.on('close', () => transport.onClose(why));
  return transport;
}

function readerFor(transport: CdpTransport, onTooLong: (why: string) => void): MessageReader {
  return new MessageReader({
    onMessage: (text) => transport.onMessage(text),
    onEvent: (method, bytes) => transport.onEvent(method, bytes),
    onTooLong,
  });
}

/** Writes messages one after the other; long ones chunk by chunk, as the pipe drains. */
function pipeWriter(input: Writable): CdpTransport['send'] {
  const waiting: Array<Iterator<string>> = [];
  const writeOn = () => {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const { done, value } = first.next();
      if (done === true) waiting.shift();
      else if (!input.write(value)) {
        input.once('drain', writeOn);
        return;
      }
    }
  };
  return (message) => {
    if (typeof message === 'string' && waiting.length === 0) {
      // Messages sent together are written together: each write wakes the browser.
      if (input.writableCorked === 0) {
        input.cork();
        process.nextTick(() => input.uncork());
      }
      input.write(`${message}\0`);
      return;
    }
    waiting.push(ended(message));
    if (waiting.length === 1) writeOn();
  };
}

function* ended(message: string | Iterable<string>): Generator<string> {
  if (typeof message === 'string') yield message;
  else yield* message;
  yield '\0';
}

/** Messages over a WebSocket to a remote browser. Rejects if it cannot be reached within the deadline. */
export async function socketTransport(url: string, deadline: Milliseconds): Promise<CdpTransport> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = () => reject(new Error(`The browser at ${url} cannot be reached.`));
  socket.onopen = () => resolve();
  socket.onerror = fail;
  socket.onclose = fail;
  const late = setTimeout(fail, deadline);
  try {
    await promise;
  } catch (error) {
    socket.close();
    throw error;
  } finally {
    clearTimeout(late);
  }
  let why: string | undefined;
  const transport: CdpTransport = {
    send: (message) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(typeof message === 'string' ? message : [...message].join(''));
    },
    close: () => {
      socket.close();
      transport.onClose(why); // a browser that hangs never confirms
    },
    onMessage: () => {},
    onEvent: () => true,
    onClose: () => {},
  };
  const reader = readerFor(transport, (sentence) => {
    why = sentence;
    transport.close();
  });
  socket.onmessage = (event) => reader.push(Buffer.from(`${event.data}\0`));
  socket.onclose = () => transport.onClose(why);
  return transport;
}
