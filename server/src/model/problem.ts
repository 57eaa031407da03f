/**
 * Everything that can go wrong for a requester, as values people can read. Each has a `type` that names its kind in
 * `/problems/{type}` and a message for the person who sees it. Only `http/` knows which status each one gets.
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
  | 'too-many-requests'
  | 'queue-full'
  | 'render-failed'
  | 'store-unreachable'
  | 'misdirected'
  | 'internal'
  | 'stopping';

export class Problem extends Error {
  readonly type: ProblemType;
  /** Facts a machine may want, shown beside the message: `{ status: 500 }`. Never secrets, never insides. */
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(type: ProblemType, message: string, facts: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = 'Problem';
    this.type = type;
    this.facts = facts;
  }
}

// A restart takes a second or two, one of a machine some more; another node answers at once.
const restartSeconds = 5;

/** What is told to who still waits, or comes, when the service ends. */
export function stopping(): Problem {
  return new Problem('stopping', 'The service is stopping.', { retryAfter: restartSeconds });
}
