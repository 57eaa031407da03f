/** A path and query as its author wrote it: escapes are read, unless they stand for what cannot be seen. */
export function readableTarget(target: string): string {
  try {
    const readable = decodeURI(target);
    return /\p{C}|[^\S ]/u.test(readable) ? target : readable;
  } catch {
    return target; // a malformed escape is shown as it is
  }
}

/** What was typed, as addresses hold it: beyond printable ASCII everything is escaped there. */
export function escapedTarget(text: string): string {
  return text.replace(/[^!-~]+/gu, encodeURIComponent);
}
