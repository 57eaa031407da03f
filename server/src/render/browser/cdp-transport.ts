import type { Readable, Writable } from 'node:stream';
import type { Milliseconds } from '../../model/units.ts';
import { MessageReader } from './message-reader.ts';

/** How messages get to the browser and back: a pipe, or a WebSocket to a browser elsewhere. */
export interface CdpTransport {
  /** @param message whole, or in pieces, which are asked for as they can be sent. */
  send(message: string | Iterable<string>): void;
  /** Tells `onClose` too, whether the other side follows or not. */
  close(): void;
  onMessage: (message: string) => void;
  /** Told of every event, whose message then follows where this says that somebody wants it. */
  onEvent: (method: string, bytes: number) => boolean;
  /** @param why a sentence, where it is not that the browser ended. */
  onClose: (why?: string) => void;
}

/** Messages over Chromium's remote debugging pipe, each ended by a NUL byte. */
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
  // A pipe breaks when the browser goes; its end is told by `close`.
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

/** Writes one message after the other; a piece of a long one when the one before it has gone. */
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
      // What is sent at once is written at once: each write wakes the browser.
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

/** Messages over a WebSocket to a browser elsewhere. Rejects where it cannot be reached within the deadline. */
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
      transport.onClose(why); // a browser that hangs never says that it closes, too
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
