import { createHash } from 'node:crypto';
import type { DocumentPart, DocumentReading, Range, ReadDocument } from '../model/document.ts';
import type { HeaderLines } from '../model/policy.ts';
import { decoderOf, encodingOf, isLikeAscii } from './encoding.ts';
import { type Outline, outlineOf } from './outline.ts';

/**
 * Reads everything the service needs from a document. Takes time linear in its length; a long one still takes too long
 * for the serving thread (`DocumentReader`). Pure.
 */
export function readDocument(bytes: Uint8Array, headers: HeaderLines): ReadDocument {
  const encoding = encodingOf(headers, bytes);
  if (isLikeAscii(encoding)) return { body: bytes, charset: undefined, reading: readingOf(bytes, encoding) };
  const body = Buffer.from(decoderOf(encoding)(bytes));
  return { body, charset: 'utf-8', reading: readingOf(body, 'utf-8') };
}

function readingOf(body: Uint8Array, encoding: string): DocumentReading {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'); // one character per byte
  const decode = decoderOf(encoding);
  const outline = outlineOf(text, (part) => decode(Buffer.from(part, 'latin1')));
  const { metaTags, language, htmlTag, bodyTag, headEnd, templates } = outline;
  const part = (...ranges: readonly Range[]) => partOf(body, outline, ranges);
  return {
    metaTags: metaTags.found,
    title: metaTags.title,
    language: language ?? 'en-US',
    htmlTag,
    bodyTag,
    headEnd,
    whole: part({ start: 0, end: body.length }),
    head: part({ start: 0, end: headEnd }, ...(bodyTag === undefined ? [] : [bodyTag])),
    templates: templates.map(({ id, start, end }) => ({ id, start, end, ...part({ start, end }) })),
  };
}

function partOf(body: Uint8Array, { code, readTo }: Outline, ranges: readonly Range[]): DocumentPart {
  const hash = createHash('sha256');
  for (const { start, end } of ranges) hash.update(body.subarray(start, end));
  const isUnread = ranges.some(({ end }) => end > readTo);
  return {
    hash: hash.digest('hex'),
    looksAtConsumer: isUnread || ranges.some((range) => code.looksWithin(range)),
    moves: isUnread || ranges.some((range) => code.movesWithin(range)),
  };
}
