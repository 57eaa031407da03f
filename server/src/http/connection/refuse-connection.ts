import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem, type ProblemType } from '../../model/problem.ts';
import { problemAnswer } from '../problem.ts';

// Node's error codes for requests that it gave up; anything else was not readable.
const reasons: Readonly<Record<string, readonly [type: ProblemType, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['header-too-large', 'Send a shorter address, and fewer and shorter fields.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-too-slow', 'The request did not arrive in time.'],
};

/** Node's error, with the bytes that it could not read. */
type UnreadableRequest = Error & { readonly code?: string; readonly rawPacket?: unknown };

// RFC 9112 §3, with a method that is short enough to be named: RFC 9110 §9.1.
const requestLine = /^([!#$%&'*+.^_`|~\w-]{1,20}) [^ \r\n]+ HTTP\/1\.[01]\r?\n/;

const spokenOn = new WeakSet<Socket>();

/** Records that a request came over this connection: then its response is the last one. */
export function noteRequest(socket: Socket): void {
  spokenOn.add(socket);
}

/**
 * Responds to bytes that are not a request, and closes the connection: what follows cannot be told apart. Sends nothing
 * if a request came before: this response could be taken for that request's.
 */
export function refuseConnection(error: UnreadableRequest, socket: Socket, url: string): void {
  if (error.code === 'ECONNRESET') socket.destroy();
  else refuseWith(problemOf(error), socket, url);
}

/** Responds to `CONNECT`, for which Node takes the connection out of the server, and closes the connection. */
export function refuseTunnel(socket: Socket, url: string): void {
  socket.on('error', () => {}); // its end is all that was wanted
  refuseWith(unsupported('CONNECT'), socket, url);
}

function problemOf({ code = '', rawPacket }: UnreadableRequest): Problem {
  const [, method] = requestLine.exec(Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : '') ?? [];
  if (code === 'HPE_INVALID_METHOD' && method !== undefined) return unsupported(method);
  const [type, message] = reasons[code] ?? ['malformed-address', 'The request cannot be read.'];
  return new Problem(type, message);
}

function unsupported(method: string): Problem {
  return new Problem('method-unsupported', `No address of this service supports ${method}.`);
}

function refuseWith(problem: Problem, socket: Socket, url: string): void {
  if (!socket.writable || spokenOn.has(socket)) {
    socket.destroy();
    return;
  }
  const { status, body } = problemAnswer(problem, url);
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
