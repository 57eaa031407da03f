import { createHash } from 'node:crypto';
import type { DocumentReading, FetchedDocument } from '../../model/document.ts';
import type { PictureSpec } from '../../model/picture-spec.ts';
import { formatsFor } from '../encode.ts';
import type { RenderOptions } from '../render-options.ts';
import { templateCard } from './template-card.ts';

/** A document ready to be handed to the browser, and what is drawn of it. */
export interface PreparedDocument {
  readonly url: string;
  readonly status: number;
  readonly body: Buffer;
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  /** The whole page; one element of it; or a card of its own, in whose document everything is that it says. */
  readonly mode: 'page' | 'selector' | 'template';
  readonly spec: PictureSpec;
  readonly options: RenderOptions;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Whether it can change by itself once it is there, by anything but motion of its styles, whose end is known. */
  readonly moves: boolean;
  /** Lower-case hex SHA-256 of all that the drawing depends on, as far as the document goes. */
  readonly fingerprint: string;
  /** The same without the consumer's name; null where the document may look at it. */
  readonly commonFingerprint: string | null;
}

/** Counted up when the same input comes to be drawn differently: what was drawn before is then drawn again. */
const drawing = 2;

/**
 * Makes the card's document out of the page's (docs/guides/rendering.md). The body becomes the template's content, where there is
 * one for this consumer; `data-ogplus` is set in the document's own bytes, so that it is there before the first style is
 * computed and the first script runs, and no Content-Security-Policy can forbid it. Pure.
 */
export function prepareDocument(
  document: FetchedDocument,
  spec: PictureSpec,
  options: RenderOptions,
): PreparedDocument {
  const { body: page, charset, reading, url, status } = document;
  const card = templateCard(page, reading, templateIds(spec, options));
  const parts = card?.parts ?? [reading.whole];
  const headers = headersFor(document, charset);
  const mode = card !== undefined ? 'template' : options.selector !== undefined ? 'selector' : 'page';
  const kept = headers.filter(({ name }) => drawnFrom.has(name)).map(({ name, value }) => [name, value]);
  const facts = [drawing, url, status, kept, mode, options, parts.map(({ hash }) => hash)];
  const { width, height, scale } = spec;
  const looks = parts.some(({ looksAtConsumer }) => looksAtConsumer);
  return {
    url,
    status,
    body: withAttribute(card?.pieces ?? [page], reading, spec.consumer ?? ''),
    headers,
    mode,
    spec,
    options,
    language: reading.language,
    moves: parts.some(({ moves }) => moves),
    fingerprint: hash([...facts, spec]),
    commonFingerprint: looks ? null : hash([...facts, { width, height, scale, ...formatsFor(spec) }]),
  };
}

function hash(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** The consumer's own template first, then the generic one; a selector that names a template by its id comes last. */
function templateIds({ consumer }: PictureSpec, { selector = '' }: RenderOptions): string[] {
  const [, named] = /^\s*(?:template)?#([\w-]+)\s*$/.exec(selector) ?? [];
  return [...(consumer === null ? [] : [`ogplus-${consumer}`]), 'ogplus', ...(named === undefined ? [] : [named])];
}

function withAttribute(
  [first, ...others]: readonly Uint8Array[],
  { htmlTag, headEnd }: DocumentReading,
  consumer: string,
): Buffer {
  const attribute = ` data-ogplus="${consumer}"`; // with a value, always: XHTML knows no other form
  const begin = first ?? Buffer.alloc(0);
  // Of a card the first piece ends where the head does: what would come before the first content comes behind it.
  const at = others.length === 0 ? htmlTag.at : Math.min(htmlTag.at, headEnd);
  const insert = htmlTag.hasTag && at === htmlTag.at ? attribute : `<html${attribute}>`;
  return Buffer.concat([begin.subarray(0, at), Buffer.from(insert, 'latin1'), begin.subarray(at), ...others]);
}

// Fields that speak of the transfer, which is over, or that would make the browser do something else than draw.
const dropped = new Set([
  'alt-svc',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-length',
  'keep-alive',
  'nel',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
]);

// Fields that can change what is seen; others (`Date`, `ETag`, request ids) differ from answer to answer.
const drawnFrom = new Set([
  'content-language',
  'content-security-policy',
  'content-type',
  'link',
  'permissions-policy',
]);

function headersFor(document: FetchedDocument, charset: FetchedDocument['charset']): PreparedDocument['headers'] {
  return document.headers
    .filter(([name]) => !dropped.has(name))
    .map(([name, value]) => {
      if (name !== 'content-type' || charset === undefined) return { name, value };
      return { name, value: `${value.split(';', 1)[0]}; charset=${charset}` };
    });
}
