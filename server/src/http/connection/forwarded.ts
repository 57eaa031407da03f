// A member's parameters (RFC 7239 §4): a token or a quoted string behind each name. Sticky and without nested
// repetition, so that reading stays linear.
const pair = /[ \t]*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+))[ \t]*([;,]|$)/y;

// No request has passed so many proxies; a field that is longer is broken.
const mostPairs = 80;

/** The `for` of each member of `Forwarded`, in its order, empty where a member has none; none of a field that is broken. */
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
