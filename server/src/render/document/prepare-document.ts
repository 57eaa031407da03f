import { createHash } from 'node:crypto';
import type { DocumentReading, FetchedDocument } from '../../model/document.ts';
import type { PictureSpec } from '../../model/picture-spec.ts';
import { formatsFor } from '../encode.ts';
import type { RenderOptions } from '../render-options.ts';
import { templateCard } from './template-card.ts';

/** A document for the browser, and what is rendered of it. */
export interface PreparedDocument {
  readonly url: string;
  readonly status: number;
  readonly body: Buffer;
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  /** The whole page; one element of it; or a card of its own, whose document contains everything it shows. */
  readonly mode: 'page' | 'selector' | 'template';
  readonly spec: PictureSpec;
  readonly options: RenderOptions;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Whether it can change by itself once loaded, other than by CSS animation, whose end is known. */
  readonly moves: boolean;
  /** Lower-case hex SHA-256 of everything in the document that the render depends on. */
  readonly fingerprint: string;
  /** The same without the consumer's name; null if the document may read it. */
  readonly commonFingerprint: string | null;
}

/** Increased when the same input renders differently: kept cards are then rendered again. */
const renderVersion = 3;

/**
 * Turns the page's document into the card's (docs/guides/rendering.md). The body becomes the content of the template for this
 * consumer, if there is one; `data-ogplus` is set in the document's bytes, so that it is there before the first style is
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
  const facts = [renderVersion, url, status, kept, mode, options, parts.map(({ hash }) => hash)];
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

/** The consumer's own template first, then the generic one; last, a template that the selector names by id. */
function templateIds({ consumer }: PictureSpec, { selector = '' }: RenderOptions): string[] {
  const [, named] = /^\s*(?:template)?#([\w-]+)\s*$/.exec(selector) ?? [];
  return [...(consumer === null ? [] : [`ogplus-${consumer}`]), 'ogplus', ...(named === undefined ? [] : [named])];
}

function withAttribute(
  [first, ...others]: readonly Uint8Array[],
  { htmlTag, headEnd }: DocumentReading,
  consumer: string,
): Buffer {
  const attribute = ` data-ogplus="${consumer}"`; // always with a value, as XHTML requires
  const begin = first ?? Buffer.alloc(0);
  // A card's first piece ends with its head: an attribute's place after that counts as the head's end.
  const at = others.length === 0 ? htmlTag.at : Math.min(htmlTag.at, headEnd);
  const insert = htmlTag.hasTag && at === htmlTag.at ? attribute : `<html${attribute}>`;
  return Buffer.concat([begin.subarray(0, at), Buffer.from(insert, 'latin1'), begin.subarray(at), ...others]);
}

// Fields about the transfer, which is over, or that would make the browser do something other than render.
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
  'speculation-rules',
  'strict-transport-security',
  'transfer-encoding',
]);

// Fields that can change what is shown; others (`Date`, `ETag`, request ids) differ with each response.
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
