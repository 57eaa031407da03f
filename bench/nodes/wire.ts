import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Count {
  statements: number;
  commits: number;
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
  let rest = Buffer.alloc(0);
  let started = false;
  let inTransaction = false;
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  far.on('data', (bytes) => {
    count.bytes += bytes.length;
    near.write(bytes);
  });
  near.on('close', () => far.destroy());
  near.on('data', (bytes) => {
    count.bytes += bytes.length;
    far.write(bytes);
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const header = started ? 1 : 0;
      if (rest.length < header + 4) return;
      const length = header + rest.readUInt32BE(header);
      if (rest.length < length) return;
      const [kind, text] = [String.fromCharCode(rest[0] ?? 0), rest.subarray(5, length).toString()];
      if (started && (kind === 'E' || kind === 'Q')) count.statements++;
      if (started && kind === 'Q' && text.startsWith('BEGIN')) inTransaction = true;
      else if (started && kind === 'Q' && text.startsWith('COMMIT')) {
        inTransaction = false;
        count.commits++;
      } else if (started && kind === 'E' && !inTransaction) count.commits++;
      started = true;
      rest = rest.subarray(length);
    }
  });
}
