/**
 * The failures of SPEC section 7, as values people can read. Each has a `slug` that names its kind in
 * `/problems/{slug}` and a message for the person who sees it. Only `http/` knows which status each one gets.
 */
export type FailureSlug =
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
  | 'stopping';

export class Failure extends Error {
  readonly slug: FailureSlug;
  /** Facts a machine may want, shown beside the message: `{ status: 500 }`. Never secrets, never insides. */
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(slug: FailureSlug, message: string, facts: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = 'Failure';
    this.slug = slug;
    this.facts = facts;
  }
}

/** What is told to who still waits, or comes, when the service ends. */
export function stopping(): Failure {
  return new Failure('stopping', 'The service is stopping.');
}
