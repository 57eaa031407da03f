// A member's parameters (RFC 7239 §4): names with a token or a quoted string. Sticky and without nested repetition, so
// that matching stays linear.
const pair = /[ \t]*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))[ \t]*([;,]|$)/y;

// No request passes through so many proxies; a longer field is invalid.
const mostPairs = 80;

/** The `for` of each member of `Forwarded`, in order, empty where a member has none; an empty list for an invalid field. */
export function forwardedFor(field: string | undefined): string[] {
  if (field === undefined) return [];
  const found: string[] = [];
  let current = '';
  pair.lastIndex = 0;
  for (let count = 0; count < mostPairs; count++) {
    const match = pair.exec(field);
    if (match === null) return [];
    const [, name = '', quoted, token = '', end] = match;
    if (name.toLowerCase() === 'for') current = quoted?.replace(/\\(.)/g, '$1') ?? token;
    if (end === ';') continue;
    found.push(current);
    current = '';
    if (end !== ',') return found;
  }
  return [];
}
