import { Parser } from 'htmlparser2';

const pieceBytes = 16_384;

/**
 * Where an attribute of the root element goes: behind `<html`, or, where there is no such tag, before the first thing
 * that is content; an offset in bytes.
 */
export function htmlTag(body: Buffer): { at: number; hasTag: boolean } {
  let found: { at: number; hasTag: boolean } | undefined;
  const parser = new Parser({
    onopentagname(name) {
      if (found !== undefined) return;
      const start = parser.startIndex;
      found = name === 'html' ? { at: start + '<html'.length, hasTag: true } : { at: start, hasTag: false };
    },
    ontext(text) {
      // The byte order mark reads as text and must stay the first thing.
      const content = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
      if (found === undefined && content !== '') {
        found = { at: parser.startIndex + text.length - content.length, hasTag: false };
      }
    },
  });
  for (let at = 0; at < body.length && found === undefined; at += pieceBytes) {
    // One character for one byte: offsets in the text are offsets in the bytes, whatever the encoding.
    parser.write(body.toString('latin1', at, at + pieceBytes));
  }
  if (found === undefined) parser.end();
  return found ?? { at: body.length, hasTag: false };
}
