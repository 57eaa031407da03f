import { errors } from 'undici';
import { Problem } from '../model/problem.ts';
import { type Milliseconds, seconds } from '../model/units.ts';
import { FetchProblem } from './fetch-problem.ts';

/** The origin sent nothing that can be used, or nothing at all. */
export function failed(message: string, status?: number): FetchProblem {
  return new FetchProblem('origin-failed', message, {
    mayServeKept: true,
    ...(status === undefined ? {} : { status }),
  });
}

/** Turns network errors into readable problems; ours pass unchanged. */
export function asFailure(error: unknown, late: boolean, timeout: Milliseconds): Problem {
  if (error instanceof Problem) return error;
  const cause = error instanceof Error && error.cause instanceof Problem ? error.cause : undefined;
  if (cause !== undefined) return cause;
  const slow = late || error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  if (slow || error instanceof errors.ConnectTimeoutError) {
    const message = `The page did not answer within ${seconds(timeout / 1000)} s.`;
    return new FetchProblem('origin-too-slow', message, { mayServeKept: true });
  }
  return failed(`The page could not be fetched: ${reason(error)}.`);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed early',
  UND_ERR_SOCKET: 'the connection was closed early',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  EPIPE: 'the connection was closed early',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? 'the response could not be read';
}
