import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../../model/problem.ts';
import { problemAnswer } from '../problem.ts';

// What Node says of a request that it gave up; everything else could not be read.
const reasons: Readonly<Record<string, readonly [status: number, title: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The header of the request is too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive'],
};

const spokenOn = new WeakSet<Socket>();

/** Notes that a request came over this connection, so that its answer is the last one. */
export function noteRequest(socket: Socket): void {
  spokenOn.add(socket);
}

/**
 * Answers what never became a request, and ends the connection: what comes behind it cannot be told from it. Says nothing
 * where a request came before: its answer may be under way, and this could be taken for it.
 */
export function refuseConnection(error: Error & { code?: string }, socket: Socket, url: string): void {
  if (!socket.writable || error.code === 'ECONNRESET' || spokenOn.has(socket)) {
    socket.destroy();
    return;
  }
  const malformed = problemAnswer(new Problem('malformed-address', 'The request cannot be read.'), url);
  const [status, title] = reasons[error.code ?? ''] ?? [malformed.status, undefined];
  const body = title === undefined ? malformed.body : `${JSON.stringify({ title, status })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Cache-Control: no-store',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
  ];
  // Not `end`: whoever sends such requests might never end its own side.
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
