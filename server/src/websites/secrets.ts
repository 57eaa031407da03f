/**
 * The text with every secret key, API key and token of a link in it cut off behind its prefix. Nothing of ours writes one into a log or
 * an answer; this is for those that somebody sends in a place where they do not belong, and that we would repeat.
 */
export function withoutSecrets(text: string): string {
  return text.replace(
    /(ogplus_(?:sk|live|key)_|\/(?:first-account|invitations?|password-resets|reset)\/)[\w-]+/g,
    '$1…',
  );
}
