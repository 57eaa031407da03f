import type { FastifyReply } from 'fastify';
import { Problem } from '../model/problem.ts';
import { problemAnswer } from './problem.ts';

/** Sends an error from a route: RFC 9457, never kept. */
export function replyProblem(reply: FastifyReply, error: unknown, url: string): FastifyReply {
  const { status, headers, body } = problemAnswer(error, url);
  for (const [name, value] of headers) reply.header(name, value);
  return reply.code(status).header('cache-control', 'no-store').type('application/problem+json').send(body);
}

/** A request that Fastify rejects is the client's error; everything else is ours. */
export function asFailure(error: unknown): unknown {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (error instanceof Problem || status >= 500) return error;
  if (status === 413) return new Problem('request-too-large', 'Send a smaller body.');
  if (status === 415) return new Problem('unsupported-media-type', 'Send the body as Content-Type: application/json.');
  // A schema error names the request's fields, and no internals.
  const why = error instanceof Error && 'validation' in error ? `: ${error.message}.` : '.';
  return new Problem('malformed-address', `The request cannot be read${why}`);
}
