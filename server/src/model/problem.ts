/**
 * Errors that a requester may see, as readable values. Each has a `type` that names its kind in `/docs/problems/{type}` and a
 * message for people. Only `http/` knows the status codes.
 */
export type ProblemType =
  | 'unknown-website'
  | 'wrong-signature'
  | 'malformed-address'
  | 'address-refused'
  | 'page-gone'
  | 'page-unsuitable'
  | 'origin-failed'
  | 'origin-too-slow'
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'method-not-allowed'
  | 'method-unsupported'
  | 'request-too-slow'
  | 'request-too-large'
  | 'header-too-large'
  | 'unsupported-media-type'
  | 'expectation-failed'
  | 'too-many-requests'
  | 'queue-full'
  | 'render-failed'
  | 'store-unreachable'
  | 'misdirected'
  | 'internal'
  | 'stopping';

export class Problem extends Error {
  readonly type: ProblemType;
  /** Machine-readable facts beside the message: `{ status: 500 }`. Never secrets or internals. */
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(type: ProblemType, message: string, facts: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = 'Problem';
    this.type = type;
    this.facts = facts;
  }
}

// A restart takes a second or two, a machine's restart more; another node answers at once.
const restartSeconds = 5;

/** For requests that wait or arrive while the service stops. */
export function stopping(): Problem {
  return new Problem('stopping', 'The service is stopping.', { retryAfter: restartSeconds });
}
