import { Problem, type ProblemType } from '../model/problem.ts';
import { withoutSecrets } from '../websites/secrets.ts';

/** docs/guides/addresses.md: the status of each failure, and a title that a person understands. */
const problems: Readonly<Record<ProblemType, { readonly status: number; readonly title: string }>> = {
  'unknown-website': { status: 404, title: 'There is no such website here' },
  'wrong-signature': { status: 403, title: 'The signature does not fit the address' },
  'malformed-address': { status: 400, title: 'The address cannot be read' },
  'address-refused': { status: 403, title: 'This address may not be reached' },
  'page-gone': { status: 404, title: 'The page does not exist' },
  'page-unsuitable': { status: 422, title: 'The page cannot be made into a card' },
  'origin-failed': { status: 502, title: 'The website failed to answer' },
  'origin-too-slow': { status: 504, title: 'The website is too slow' },
  unauthorised: { status: 401, title: 'Nobody is signed in, and there is no key that is known' },
  forbidden: { status: 403, title: 'This is not allowed' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  conflict: { status: 409, title: 'It is there already' },
  invalid: { status: 400, title: 'Something in the request cannot be used' },
  'too-many-requests': { status: 429, title: 'Too much was asked for' },
  'queue-full': { status: 503, title: 'Too many cards are being drawn' },
  'render-failed': { status: 500, title: 'The card could not be drawn' },
  'store-unreachable': { status: 503, title: 'What is kept cannot be reached' },
  misdirected: { status: 421, title: 'The service has no such name' },
  internal: { status: 500, title: 'The service failed' },
  stopping: { status: 503, title: 'The service is stopping' },
};

/** A failure as an answer of RFC 9457: status, extra fields, body. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

/**
 * @param error anything thrown; what is not a `Problem` is told as `internal` and gives nothing of the inside away.
 * @param url the public base address; `type` leads to a page there that explains the problem.
 */
export function problemAnswer(error: unknown, url: string): ProblemAnswer {
  const failure =
    error instanceof Problem ? error : new Problem('internal', 'Something went wrong inside. The log says what.');
  const { status, title } = problems[failure.type];
  const { retryAfter, ...facts } = failure.facts;
  const body = { type: `${url}/problems/${failure.type}`, title, status, detail: failure.message };
  return {
    status,
    headers: [
      ...(retryAfter === undefined ? [] : [['Retry-After', String(retryAfter)] as const]),
      ...rateLimit(failure),
      ...(status === 401 ? [['WWW-Authenticate', 'Bearer'] as const] : []),
    ],
    // `status` is the answer's; what the origin answered has a name of its own.
    body: `${withoutSecrets(JSON.stringify({ ...body, ...('status' in facts ? { originStatus: facts['status'] } : {}) }))}\n`,
  };
}

/** draft-ietf-httpapi-ratelimit-headers-11 §3 and §4: the policy that was violated, and that nothing is left of it. */
function rateLimit({ type, facts }: Problem): Array<readonly [string, string]> {
  const { policy, quota, window, retryAfter } = facts;
  if (policy === undefined || quota === undefined) return [];
  const unit = type === 'queue-full' ? ';qu="concurrent-requests"' : `;w=${window}`;
  return [
    ['RateLimit-Policy', `"${policy}";q=${quota}${unit}`],
    ['RateLimit', `"${policy}";r=0;t=${retryAfter}`],
  ];
}

/** The page that a problem's `type` leads to; undefined where there is no such problem. */
export function problemPage(type: string): string | undefined {
  const problem = Object.entries(problems).find(([name]) => name === type)?.[1];
  return problem === undefined ? undefined : `${problem.title} (${problem.status}).\n`;
}
