import { Failure, type FailureSlug } from '../errors.ts';

const slugs: Readonly<Record<number, FailureSlug>> = { 403: 'forbidden', 409: 'conflict', 422: 'conflict' };

const sentences: Readonly<Record<string, string>> = {
  PASSWORD_TOO_SHORT: 'The password is too short: it needs at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long: it has at most 128 characters.',
  INVALID_EMAIL: 'This is no e-mail address.',
  VALIDATION_ERROR: 'This is no e-mail address, or the name or the password is missing.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail address already. Sign in instead.',
  FAILED_TO_CREATE_USER: 'There is an account with this e-mail address already. Sign in instead.',
};

/** What better-auth refused, as a failure of ours. */
export async function failureOf(answer: Response): Promise<Failure> {
  const { code = '', message } = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
  if (answer.status === 429) {
    const retryAfter = Number(answer.headers.get('x-retry-after') ?? 60);
    return new Failure('too-many-requests', `Too many tries. Try again in ${retryAfter} seconds.`, { retryAfter });
  }
  if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status} ${code}.`);
  return new Failure(slugs[answer.status] ?? 'invalid', sentences[code] ?? message ?? 'This was refused.');
}
