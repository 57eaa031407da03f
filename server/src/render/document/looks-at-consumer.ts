import { Parser } from 'htmlparser2';

// `[data-ogplus]` asks whether a card is drawn, not for whom; `ogplus_pk_…` is a key in an address. Whatever else has
// the name in it may read the value: to be wrong here costs a drawing, never a wrong picture.
/** What code says that may read for which consumer it runs; a regular expression, case ignored. */
export const readsConsumer = 'ogplus(?!\\s*\\]|_)';

/**
 * Whether the document's own scripts and styles may read for which consumer it is drawn (`data-ogplus="{consumer}"`).
 * @param document bytes in which ASCII reads as itself.
 */
export function documentLooksAtConsumer(document: Buffer): boolean {
  if (!mentions(document)) return false;
  const reads = new RegExp(readsConsumer, 'i');
  let inside = 0;
  let looks = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'script' || name === 'style') inside++;
      looks ||= Object.entries(attributes).some(
        ([attribute, value]) => attribute.startsWith('on') && reads.test(value),
      );
    },
    onclosetag(name) {
      if (name === 'script' || name === 'style') inside--;
    },
    ontext(text) {
      looks ||= inside > 0 && reads.test(text);
    },
  });
  parser.end(document.toString('latin1'));
  return looks;
}

function mentions(document: Buffer): boolean {
  return /ogplus/i.test(document.toString('latin1'));
}
