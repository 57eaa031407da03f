import { Problem, type ProblemType } from '../model/problem.ts';
import { StoreUnreachable } from '../model/store-unreachable.ts';

const types: Readonly<Record<number, ProblemType>> = { 403: 'forbidden', 409: 'conflict', 422: 'conflict' };

// Errors of better-auth that another status fits better.
const typesByCode: Readonly<Record<string, ProblemType>> = { INVALID_TOKEN: 'not-found' };

const wrongOrigin = 'The request came from another site, or the address in the browser is not the one in OGPLUS_URL.';

const sentences: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is wrong.',
  INVALID_PASSWORD: 'The current password is wrong.',
  INVALID_TOKEN: 'The link has expired or was already used.',
  INVALID_ORIGIN: wrongOrigin,
  MISSING_OR_NULL_ORIGIN: wrongOrigin,
  PASSWORD_TOO_SHORT: 'The password is too short: use at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long: use at most 128 characters.',
  INVALID_EMAIL: 'This is not a valid e-mail address.',
  VALIDATION_ERROR: 'The e-mail address is invalid, or a field is missing.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'An account with this e-mail address already exists. Sign in instead.',
  FAILED_TO_CREATE_USER: 'An account with this e-mail address already exists. Sign in instead.',
};

/** A readable message for an error of better-auth. */
export function sentenceOf(code: string): string | undefined {
  return sentences[code];
}

/** A problem for an error response of better-auth. */
export async function failureOf(response: Response): Promise<Problem> {
  const { code = '', message } = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  if (response.status === 429) {
    const retryAfter = Number(response.headers.get('x-retry-after') ?? 60);
    return new Problem('too-many-requests', `Too many attempts. Try again in ${retryAfter} seconds.`, { retryAfter });
  }
  if (response.status >= 500) throw new Error(`better-auth answered ${response.status} ${code}.`);
  return new Problem(
    typesByCode[code] ?? types[response.status] ?? 'invalid',
    sentenceOf(code) ?? message ?? 'The request was refused.',
  );
}

/** The answer of better-auth, or the store's own error where better-auth wrapped that in one of its own. */
export async function withStoreFaults<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof Error && error.cause instanceof StoreUnreachable ? error.cause : error;
  }
}
