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
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') {
    return new Problem('malformed-address', 'The body is empty. Send JSON, or no Content-Type.');
  }
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY') return new Problem('malformed-address', 'The body is not valid JSON.');
  // A schema error names the request's fields, and no internals.
  const why = error instanceof Error && 'validation' in error ? `: ${error.message}.` : '.';
  return new Problem('malformed-address', `The request cannot be read${why}`);
}
