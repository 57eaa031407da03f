import { text } from '../../text/text.ts';

// As the accounts take them.
const [shortest, longest] = [8, 128];

/** Why a new password cannot be one, in a sentence; null where it can. */
export function passwordRule(password: string): string | null {
  if (password.length < shortest) return text.signIn.passwordShort;
  return password.length > longest ? text.signIn.passwordLong : null;
}
