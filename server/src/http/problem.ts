import { Problem, type ProblemType } from '../model/problem.ts';
import { withoutSecrets } from '../websites/secrets.ts';

/** docs/guides/addresses.md: the status of each problem, and a title for people. */
const problems: Readonly<Record<ProblemType, { readonly status: number; readonly title: string }>> = {
  'unknown-website': { status: 404, title: 'There is no such website here' },
  'wrong-signature': { status: 403, title: 'The signature does not match the address' },
  'malformed-address': { status: 400, title: 'The address cannot be read' },
  'address-refused': { status: 403, title: 'This address is not allowed' },
  'page-gone': { status: 404, title: 'The page does not exist' },
  'page-unsuitable': { status: 422, title: 'The page cannot be made into a card' },
  'origin-failed': { status: 502, title: 'The website failed to answer' },
  'origin-too-slow': { status: 504, title: 'The website is too slow' },
  unauthorised: { status: 401, title: 'Sign in or send a valid API key' },
  forbidden: { status: 403, title: 'This is not allowed' },
  'not-found': { status: 404, title: 'There is nothing here' },
  conflict: { status: 409, title: 'It already exists or is in use' },
  invalid: { status: 400, title: 'A value in the request is invalid' },
  'method-not-allowed': { status: 405, title: 'This address does not support this method' },
  'method-unsupported': { status: 501, title: 'The service does not support this method' },
  'request-too-slow': { status: 408, title: 'The request took too long to arrive' },
  'request-too-large': { status: 413, title: 'The body of the request is too large' },
  'header-too-large': { status: 431, title: 'The header of the request is too large' },
  'unsupported-media-type': { status: 415, title: 'The type of the body is not supported' },
  'expectation-failed': { status: 417, title: 'The expectation of the request cannot be met' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'queue-full': { status: 503, title: 'Too many cards are being drawn' },
  'render-failed': { status: 500, title: 'The card could not be drawn' },
  'store-unreachable': { status: 503, title: 'The store cannot be reached' },
  misdirected: { status: 421, title: 'The service does not answer to this host name' },
  internal: { status: 500, title: 'The service failed' },
  stopping: { status: 503, title: 'The service is stopping' },
};

export const problemTypes = Object.keys(problems) as readonly ProblemType[];

/** A problem as an RFC 9457 response: status, extra fields, body. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

/**
 * @param error anything thrown; what is not a `Problem` becomes `internal`, without details.
 * @param url the public base address; `type` links to a page there that explains the problem.
 */
export function problemAnswer(error: unknown, url: string): ProblemAnswer {
  const failure =
    error instanceof Problem
      ? error
      : new Problem('internal', 'An unexpected error occurred. The log of the service has the details.');
  const { status, title } = problems[failure.type];
  const { retryAfter, allow, ...facts } = failure.facts;
  const body = { type: `${url}/docs/problems/${failure.type}`, title, status, detail: failure.message };
  return {
    status,
    headers: [
      ...(retryAfter === undefined ? [] : [['Retry-After', String(retryAfter)] as const]),
      ...(allow === undefined ? [] : [['Allow', String(allow)] as const]),
      ...rateLimit(failure),
      ...(status === 401 ? [['WWW-Authenticate', 'Bearer'] as const] : []),
    ],
    // `status` is this response's; the origin's status has its own name.
    body: `${withoutSecrets(JSON.stringify({ ...body, ...('status' in facts ? { originStatus: facts['status'] } : {}) }))}\n`,
  };
}

/** draft-ietf-httpapi-ratelimit-headers-11 §3 and §4: the violated policy, and that nothing is left of it. */
function rateLimit({ type, facts }: Problem): Array<readonly [string, string]> {
  const { policy, quota, window, retryAfter } = facts;
  if (policy === undefined || quota === undefined) return [];
  const unit = type === 'queue-full' ? ';qu="concurrent-requests"' : `;w=${window}`;
  return [
    ['RateLimit-Policy', `"${policy}";q=${quota}${unit}`],
    ['RateLimit', `"${policy}";r=0;t=${retryAfter}`],
  ];
}

/** Title and status of a problem; undefined for an unknown one. */
export function problemNamed(type: string): { readonly status: number; readonly title: string } | undefined {
  return Object.entries(problems).find(([name]) => name === type)?.[1];
}
