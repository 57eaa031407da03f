import { connect, type Socket } from 'node:net';

/** A connection that sends what it is told, byte for byte, and writes down what comes. */
export interface Raw {
  readonly socket: Socket;
  send(text: string): void;
  /** Everything that has come. */
  readonly text: () => string;
  /** Resolves when the connection is gone, with everything that came. */
  readonly ended: Promise<string>;
}

/** @param localAddress another address of loopback, to be another client. */
export async function connectRaw(address: string, localAddress = '127.0.0.1'): Promise<Raw> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port), localAddress });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {}); // a connection that is cut ends with one
  const text = () => Buffer.concat(chunks).toString('latin1');
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(text())));
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, send: (bytes) => void socket.write(bytes, 'latin1'), text, ended };
}

/** Sends a request and gives everything that comes until the other side ends the connection. */
export async function exchange(address: string, request: string): Promise<string> {
  const raw = await connectRaw(address);
  raw.send(request);
  return raw.ended;
}
