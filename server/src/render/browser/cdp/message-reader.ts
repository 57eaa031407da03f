// Pages control the content of events: titles, dialogs, console output, addresses that contain whole pictures. Chromium's
// own are some hundred bytes; this is more than any useful one, and is parsed within 20 ms.
const longestEvent = 4_000_000;
// A lossless picture of 2400×1260 pixels of noise is 12 MB of base64; no other response comes near.
const longestAnswer = 32_000_000;

// Chromium writes an event's name first, and a response's id.
const eventStart = Buffer.from('{"method":"');
const longestMethod = 100;

export interface MessageListener {
  readonly onMessage: (text: string) => void;
  /** Returns whether the message of this event is wanted. */
  readonly onEvent: (method: string, bytes: number) => boolean;
  /** Called with a sentence when a response is too long: nothing after it is read. Long events are skipped. */
  readonly onTooLong: (why: string) => void;
}

/** Splits a stream into messages, each terminated by a NUL byte. */
export class MessageReader {
  readonly #listener: MessageListener;
  #parts: Buffer[] = [];
  #length = 0;
  #isOver = false;

  constructor(listener: MessageListener) {
    this.#listener = listener;
  }

  push(chunk: Buffer): void {
    let from = 0;
    if (this.#isOver) return;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      this.#add(chunk.subarray(from, end));
      this.#end();
      from = end + 1;
    }
    if (from < chunk.length) this.#add(chunk.subarray(from));
  }

  #add(part: Buffer): void {
    this.#length += part.length;
    this.#parts.push(part);
    const [first = part] = this.#parts;
    if (this.#length <= (isEvent(first) ? longestEvent : longestAnswer)) return;
    this.#parts = [first.subarray(0, eventStart.length + longestMethod)]; // enough to identify it
    if (isEvent(first) || this.#isOver) return;
    this.#isOver = true;
    this.#listener.onTooLong(`The browser sent a message of more than ${longestAnswer / 1_000_000} MB.`);
  }

  #end(): void {
    const [parts, length] = [this.#parts, this.#length];
    this.#parts = [];
    this.#length = 0;
    const [only] = parts;
    const message = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    if (isEvent(message)) {
      const method = message.toString('latin1', eventStart.length, eventStart.length + longestMethod).split('"', 1)[0];
      if (!this.#listener.onEvent(method ?? '', length)) return;
    }
    if (message.length === length) this.#listener.onMessage(message.toString('utf8'));
  }
}

function isEvent(message: Buffer): boolean {
  return message.length >= eventStart.length && message.subarray(0, eventStart.length).equals(eventStart);
}
