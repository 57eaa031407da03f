import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem, type ProblemType } from '../../model/problem.ts';
import { problemAnswer } from '../problem.ts';

// Node's error codes for requests that it gave up; anything else was not readable.
const reasons: Readonly<Record<string, readonly [type: ProblemType, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['header-too-large', 'Send a shorter address, and fewer and shorter fields.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-too-slow', 'The request did not arrive in time.'],
};

const spokenOn = new WeakSet<Socket>();

/** Records that a request came over this connection: then its response is the last one. */
export function noteRequest(socket: Socket): void {
  spokenOn.add(socket);
}

/**
 * Responds to bytes that are not a request, and closes the connection: what follows cannot be told apart. Sends nothing
 * if a request came before: this response could be taken for that request's.
 */
export function refuseConnection(error: Error & { code?: string }, socket: Socket, url: string): void {
  if (!socket.writable || error.code === 'ECONNRESET' || spokenOn.has(socket)) {
    socket.destroy();
    return;
  }
  const [type, message] = reasons[error.code ?? ''] ?? ['malformed-address', 'The request cannot be read.'];
  const { status, body } = problemAnswer(new Problem(type, message), url);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Cache-Control: no-store',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
  ];
  // Not `end`: such a client might never close its side.
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
