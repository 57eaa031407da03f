import type { Readable, Writable } from 'node:stream';

/** How messages get to the browser and back: a pipe, or a WebSocket to a browser elsewhere. */
export interface CdpTransport {
  /** @param message whole, or in pieces, which are asked for as they can be sent. */
  send(message: string | Iterable<string>): void;
  close(): void;
  onMessage: (message: string) => void;
  /** @param why a sentence, where it is not that the browser ended. */
  onClose: (why?: string) => void;
}

// A picture without loss of 2400×1260 pixels of noise is 12 MB of base64; nothing else that is asked for comes near.
const longestMessage = 32_000_000;
const tooLong = `The browser sent a message of more than ${longestMessage / 1_000_000} MB.`;

/** Messages over Chromium's remote debugging pipe, each ended by a NUL byte. */
export function pipeTransport(input: Writable, output: Readable): CdpTransport {
  let why: string | undefined;
  const send = pipeWriter(input);
  const transport: CdpTransport = {
    send,
    close: () => void input.end(),
    onMessage: () => {},
    onClose: () => {},
  };
  let parts: Buffer[] = [];
  let length = 0;
  output.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, end));
      transport.onMessage(Buffer.concat(parts).toString('utf8'));
      parts = [];
      length = 0;
      from = end + 1;
    }
    if (from === chunk.length) return;
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length <= longestMessage) return;
    parts = [];
    why = tooLong;
    output.destroy();
  });
  // A pipe breaks when the browser goes; its end is told by `close`.
  input.on('error', () => {});
  output.on('error', () => {});
  output.on('close', () => transport.onClose(why));
  return transport;
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

/** Messages over a WebSocket to a browser elsewhere. Rejects where it cannot be reached. */
export async function socketTransport(url: string): Promise<CdpTransport> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onopen = () => resolve();
  socket.onerror = () => reject(new Error(`The browser at ${url} cannot be reached.`));
  await promise;
  let why: string | undefined;
  const transport: CdpTransport = {
    send: (message) => socket.send(typeof message === 'string' ? message : [...message].join('')),
    close: () => socket.close(),
    onMessage: () => {},
    onClose: () => {},
  };
  socket.onmessage = (event) => {
    const message = String(event.data);
    if (message.length <= longestMessage) return transport.onMessage(message);
    why = tooLong;
    socket.close();
  };
  socket.onclose = () => transport.onClose(why);
  return transport;
}
