import type { MetaTag } from './meta-tag.ts';
import type { HeaderLines } from './policy.ts';

/** Offsets of bytes: `end` is behind the last one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What is known of some part of a document. To be wrong with yes costs time, with no a picture. */
export interface DocumentPart {
  /** Lower-case hex SHA-256 of its bytes. */
  readonly hash: string;
  /** Whether its own scripts and styles may read for which consumer it is drawn (`data-ogplus="{consumer}"`). */
  readonly looksAtConsumer: boolean;
  /** Whether it can change by itself, by anything but motion of its styles: scripts, frames, pictures that move, a refresh. */
  readonly moves: boolean;
}

/** All that the service wants to know of a document, read once; plain data. */
export interface DocumentReading {
  /** Its `<meta>` in their order, those within templates left out. */
  readonly metaTags: readonly MetaTag[];
  /** The language that it says it is in, a BCP 47 tag; `en-US` where it says none. */
  readonly language: string;
  /** Where an attribute of the root element goes: behind `<html`, or, without such a tag, before the first content. */
  readonly htmlTag: { readonly at: number; readonly hasTag: boolean };
  /** The first start tag of the body. */
  readonly bodyTag: Range | undefined;
  /** Where the head ends: at the body's tag, or at the first thing that cannot stand in a head. */
  readonly headEnd: number;
  readonly whole: DocumentPart;
  /** What lies before `headEnd`, and the body's tag. */
  readonly head: DocumentPart;
  /** What lies within each template that has an id and lies in no other; the first of an id counts. */
  readonly templates: ReadonlyArray<DocumentPart & Range & { readonly id: string }>;
}

/** A document's bytes, in an encoding in which ASCII reads as itself, and what was read of them. */
export interface ReadDocument {
  readonly body: Uint8Array;
  /** What its encoding became, where it was not like ASCII; undefined where the bytes are as they came. */
  readonly charset: 'utf-8' | undefined;
  readonly reading: DocumentReading;
}

/**
 * Reads a document's bytes; undefined where they cannot be read in time.
 * @param partition whose document it is: those who wait take turns.
 */
export type ReadsDocument = (
  bytes: Buffer,
  headers: HeaderLines,
  partition: string,
) => Promise<ReadDocument | undefined>;

/** The document as it was fetched. */
export interface FetchedDocument extends ReadDocument {
  /** Where the document came from in the end, redirects followed; relative addresses resolve against it. */
  readonly url: string;
  readonly status: number;
  /** As received; `Content-Encoding` already undone. */
  readonly headers: HeaderLines;
}
