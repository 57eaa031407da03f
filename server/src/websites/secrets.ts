/**
 * Cuts every secret key, API key and link token in a text after its prefix. We never write one into a log or response;
 * this is for those that a client sends where they do not belong and that we would repeat.
 */
export function withoutSecrets(text: string): string {
  return text.replace(
    /(ogplus_(?:sk|live|key)_|\/(?:first-account|invitations?|password-resets|reset)\/|\/(?:preview|probe|hooks)\/(?=[\w-]{32}))[\w-]+/g,
    '$1…',
  );
}
