import { createHash } from 'node:crypto';
import type { FetchedDocument } from '../../model/document.ts';
import type { PictureSpec } from '../../model/picture-spec.ts';
import { formatsFor } from '../encode.ts';
import type { RenderOptions } from '../render-options.ts';
import { asciiCompatible } from './ascii-compatible.ts';
import { htmlTag } from './html-tag.ts';
import { documentLooksAtConsumer } from './looks-at-consumer.ts';
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
  /** Lower-case hex SHA-256 of all that the drawing depends on, as far as the document goes. */
  readonly fingerprint: string;
  /** The same without the consumer's name; null where the document may look at it. */
  readonly commonFingerprint: string | null;
}

/** Counted up when the same input comes to be drawn differently: what was drawn before is then drawn again. */
const drawing = 1;

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
  const { body: page, charset } = asciiCompatible(document);
  const card = templateCard(page, templateIds(spec, options));
  const plain = card ?? page;
  const body = withAttribute(plain, spec.consumer ?? '');
  const headers = headersFor(document, charset);
  const { url, status } = document;
  const mode = card !== undefined ? 'template' : options.selector !== undefined ? 'selector' : 'page';
  const kept = headers.filter(({ name }) => drawnFrom.has(name)).map(({ name, value }) => [name, value]);
  const facts = [drawing, url, status, kept, mode, options];
  const fingerprint = hash([...facts, spec], body);
  const { width, height, scale } = spec;
  const common = () => hash([...facts, { width, height, scale, ...formatsFor(spec) }], plain);
  const commonFingerprint = documentLooksAtConsumer(plain) ? null : common();
  return { url, status, body, headers, mode, spec, options, fingerprint, commonFingerprint };
}

function hash(facts: readonly unknown[], body: Buffer): string {
  return createHash('sha256').update(JSON.stringify(facts)).update('\n').update(body).digest('hex');
}

/** The consumer's own template first, then the generic one; a selector that names a template by its id comes last. */
function templateIds({ consumer }: PictureSpec, { selector = '' }: RenderOptions): string[] {
  const [, named] = /^\s*(?:template)?#([\w-]+)\s*$/.exec(selector) ?? [];
  return [...(consumer === null ? [] : [`ogplus-${consumer}`]), 'ogplus', ...(named === undefined ? [] : [named])];
}

function withAttribute(body: Buffer, consumer: string): Buffer {
  const attribute = ` data-ogplus="${consumer}"`; // with a value, always: XHTML knows no other form
  const { at, hasTag } = htmlTag(body);
  const insert = hasTag ? attribute : `<html${attribute}>`;
  return Buffer.concat([body.subarray(0, at), Buffer.from(insert, 'latin1'), body.subarray(at)]);
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

function headersFor(document: FetchedDocument, charset: string | undefined): PreparedDocument['headers'] {
  return document.headers
    .filter(([name]) => !dropped.has(name))
    .map(([name, value]) => {
      if (name !== 'content-type' || charset === undefined) return { name, value };
      return { name, value: `${value.split(';', 1)[0]}; charset=${charset}` };
    });
}
