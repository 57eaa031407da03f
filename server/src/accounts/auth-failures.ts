import { Problem, type ProblemType } from '../model/problem.ts';

const types: Readonly<Record<number, ProblemType>> = { 403: 'forbidden', 409: 'conflict', 422: 'conflict' };

// Errors of better-auth that another status says better.
const typesByCode: Readonly<Record<string, ProblemType>> = { INVALID_TOKEN: 'not-found' };

const wrongOrigin =
  'The request came from another site, or the service is opened under another address than OGPLUS_URL says.';

const sentences: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is wrong.',
  INVALID_PASSWORD: 'The current password is wrong.',
  INVALID_TOKEN: 'The link is not good any more: it was used, or is too old.',
  INVALID_ORIGIN: wrongOrigin,
  MISSING_OR_NULL_ORIGIN: wrongOrigin,
  PASSWORD_TOO_SHORT: 'The password is too short: it needs at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long: it has at most 128 characters.',
  INVALID_EMAIL: 'This is no e-mail address.',
  VALIDATION_ERROR: 'This is no e-mail address, or something is missing.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail address already. Sign in instead.',
  FAILED_TO_CREATE_USER: 'There is an account with this e-mail address already. Sign in instead.',
};

/** What an error of better-auth says to a person. */
export function sentenceOf(code: string): string | undefined {
  return sentences[code];
}

/** What better-auth refused, as a failure of ours. */
export async function failureOf(answer: Response): Promise<Problem> {
  const { code = '', message } = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
  if (answer.status === 429) {
    const retryAfter = Number(answer.headers.get('x-retry-after') ?? 60);
    return new Problem('too-many-requests', `Too many tries. Try again in ${retryAfter} seconds.`, { retryAfter });
  }
  if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status} ${code}.`);
  return new Problem(
    typesByCode[code] ?? types[answer.status] ?? 'invalid',
    sentenceOf(code) ?? message ?? 'This was refused.',
  );
}
