import type { HeaderLines } from '../freshness/policy.ts';
import type { PictureType } from '../store/store.ts';
import type { Milliseconds } from '../units.ts';
import type { PreparedDocument } from './prepare-document.ts';

/** The document as it was fetched. */
export interface FetchedDocument {
  /** Where the document came from in the end, redirects followed; relative addresses resolve against it. */
  readonly url: string;
  readonly status: number;
  /** As received; `Content-Encoding` already undone. */
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
}

/** What the picture must be like; a row of consumers.json. */
export interface Frame {
  /** `null` for the generic card: `data-ogplus=""`; otherwise `data-ogplus="{consumer}"`. */
  readonly consumer: string | null;
  /** CSS pixels of the picture before `scale`. The picture is `width * scale` by `height * scale` pixels. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Formats the consumer reads. */
  readonly formats: readonly PictureType[];
  /** Bytes to aim for, and never to pass. */
  readonly soft: number;
  readonly max: number;
}

/** Limits of bytes (the lesser of a frame's `soft` and `max`) under which a drawing comes to be the same file. */
export interface ByteLimits {
  readonly least: number;
  /** The first one under which it would come to be a better one; null where there is none better. */
  readonly below: number | null;
}

/** What the page's tags ask of its drawing (SPEC section 3). */
export interface Wishes {
  /** CSS pixels the page is laid out at; the picture's size stays the frame's. */
  readonly viewportWidth?: number;
  /** The element, or the `<template>`, that is drawn instead of the whole page. */
  readonly selector?: string;
  /** Inline CSS for the body. */
  readonly style?: string;
}

export interface RenderRequest {
  /** The browser draws exactly this and does not ask for it again. */
  readonly document: PreparedDocument;
  /** Names the website: nothing is shared in the browser between requests of different partitions. */
  readonly partition: string;
  readonly signal?: AbortSignal;
}

export interface Rendering {
  readonly bytes: Buffer;
  readonly type: PictureType;
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** For other consumers whose `commonFingerprint` is the same: when this is their picture too; null: never. */
  readonly common: ByteLimits | null;
  /** Why `og:plus:selector` had no effect and the whole page was drawn; undefined where it had one, or there is none. */
  readonly selectorIgnored?: string;
  /** False where the render budget ended before the page was ready; what was there is drawn. */
  readonly complete: boolean;
  /** Time spent drawing, and encoding, without the time in the queue. */
  readonly renderTime: Milliseconds;
  readonly encodeTime: Milliseconds;
}

export interface RendererLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface Renderer extends AsyncDisposable {
  /**
   * Draws the document. Rejects with a `Failure`: `queue-full` (at once, where the queue is at its bound),
   * `render-failed` (a crash, once more tried on a new browser; a page that could not be drawn), `stopping`.
   */
  render(request: RenderRequest): Promise<Rendering>;
  /** Rejects where no browser answers. For `/readyz`. */
  check(): Promise<void>;
  /** Renders started since the start, for metrics and tests. */
  readonly started: number;
  /** Renders waiting for a place, now. */
  readonly waiting: number;
}
