import type { MetaTag } from './meta-tag.ts';
import type { HeaderLines } from './policy.ts';

/** Byte offsets; `end` is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What is known of a part of a document. A wrong `true` costs time, a wrong `false` gives a wrong picture. */
export interface DocumentPart {
  /** Lower-case hex SHA-256 of its bytes. */
  readonly hash: string;
  /** Whether its scripts and styles may read which consumer it is rendered for (`data-ogplus="{consumer}"`). */
  readonly looksAtConsumer: boolean;
  /** Whether it can change by itself other than by CSS animation: scripts, iframes, moving pictures, a refresh. */
  readonly moves: boolean;
}

/** Everything the service needs to know of a document, read once; plain data. */
export interface DocumentReading {
  /** Its `<meta>` elements in order, without those in templates. */
  readonly metaTags: readonly MetaTag[];
  /** The text of its `<title>`, spaces collapsed; null without one. */
  readonly title: string | null;
  /** The declared language, a BCP 47 tag; `en-US` without one. */
  readonly language: string;
  /** Where an attribute of the root element goes: after `<html`, or, without that tag, before the first content. */
  readonly htmlTag: { readonly at: number; readonly hasTag: boolean };
  /** The first start tag of the body. */
  readonly bodyTag: Range | undefined;
  /** Where the head ends: at the body's tag, or at the first element that cannot be in a head. */
  readonly headEnd: number;
  readonly whole: DocumentPart;
  /** Everything before `headEnd`, and the body's tag. */
  readonly head: DocumentPart;
  /** The content of each outermost template that has an id; the first of each id counts. */
  readonly templates: ReadonlyArray<DocumentPart & Range & { readonly id: string }>;
}

/** A document's bytes in an ASCII-compatible encoding, and what was read from them. */
export interface ReadDocument {
  readonly body: Uint8Array;
  /** The encoding it was converted to, where it was not ASCII-compatible; undefined where the bytes are unchanged. */
  readonly charset: 'utf-8' | undefined;
  readonly reading: DocumentReading;
}

/**
 * Reads a document's bytes; undefined where reading takes too long.
 * @param partition whose document it is: partitions take turns.
 */
export type ReadsDocument = (
  bytes: Buffer,
  headers: HeaderLines,
  partition: string,
) => Promise<ReadDocument | undefined>;

/** The document as it was fetched. */
export interface FetchedDocument extends ReadDocument {
  /** The final URL, after redirects; relative addresses resolve against it. */
  readonly url: string;
  readonly status: number;
  /** As received; `Content-Encoding` already undone. */
  readonly headers: HeaderLines;
}
