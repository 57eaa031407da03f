// The first start tag of a document's root, as far as its language goes; ASCII whatever the encoding.
const lang = /<html\b[^>]{0,2000}?[\s"']lang\s*=\s*["']?([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3})/i;
const searched = 4096;

/** The language that the document says it is in, a BCP 47 tag; `en-US` where it says none. */
export function languageOf(body: Buffer): string {
  return lang.exec(body.toString('latin1', 0, searched))?.[1] ?? 'en-US';
}
