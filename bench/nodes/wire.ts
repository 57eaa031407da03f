import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Count {
  statements: number;
  commits: number;
  /** How often the node waited for an answer: statements that are sent together wait once. */
  roundTrips: number;
  /** In both directions. */
  bytes: number;
}

/** A way to Postgres that counts what passes. @param count is added to. */
export async function startCounter(to: number, count: Count): Promise<Disposable & { readonly port: number }> {
  const server = createServer((near) => follow(near, connect(to, '127.0.0.1'), count));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.dispose]: () => void server.close() };
}

/** Counts the messages of a client (postgresql.org/docs/current/protocol-message-formats.html). */
function follow(near: Socket, far: Socket, count: Count): void {
  const requests = new Messages(1);
  let inTransaction = false;
  /** Requests without an answer. */
  let open = 0;
  const answers = new Messages(0);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  far.on('data', (bytes) => {
    count.bytes += bytes.length;
    near.write(bytes);
    for (const { kind } of answers.in(bytes)) if (kind === 'Z' && open > 0) open--;
  });
  near.on('close', () => far.destroy());
  near.on('data', (bytes) => {
    count.bytes += bytes.length;
    far.write(bytes);
    for (const { kind, text } of requests.in(bytes)) {
      if (kind === 'Q' || kind === 'S') {
        if (open === 0) count.roundTrips++;
        open++;
      }
      if (kind === 'E' || kind === 'Q') count.statements++;
      if (kind === 'Q' && text.startsWith('BEGIN')) inTransaction = true;
      else if (kind === 'Q' && text.startsWith('COMMIT')) {
        inTransaction = false;
        count.commits++;
      } else if (kind === 'E' && !inTransaction) count.commits++;
    }
  });
}

/** Cuts a stream of bytes into messages: a letter, a length and the rest; the first ones of a client have no letter. */
class Messages {
  #rest = Buffer.alloc(0);
  #withoutLetter: number;

  constructor(withoutLetter: number) {
    this.#withoutLetter = withoutLetter;
  }

  *in(bytes: Buffer): Generator<{ readonly kind: string; readonly text: string }> {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const header = this.#withoutLetter > 0 ? 0 : 1;
      if (this.#rest.length < header + 4) return;
      const length = header + this.#rest.readUInt32BE(header);
      if (this.#rest.length < length) return;
      const message = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      if (header === 0) this.#withoutLetter--;
      else yield { kind: String.fromCharCode(message[0] ?? 0), text: message.subarray(5).toString() };
    }
  }
}
