import type { ByteLimits, PictureType } from '../model/picture.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Observation } from './development/page-watch.ts';
import type { PreparedDocument } from './document/prepare-document.ts';

export interface RenderRequest {
  /** The browser draws exactly this and does not ask for it again. */
  readonly document: PreparedDocument;
  /** Names the website: nothing is shared in the browser between requests of different partitions. */
  readonly partition: string;
  /** Drawn for who is making the page: overlays of development servers are hidden, and what goes wrong is told. */
  readonly development?: boolean;
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
  /** What the page did; of one that is drawn for `development`. */
  readonly observation?: Observation;
  /** False where the page was not ready when the render budget ended, or shows nothing: it may not be kept as the card. */
  readonly complete: boolean;
  /** Why it is not complete, and what was not waited for, in sentences for the page's owner. */
  readonly remarks: readonly string[];
  /** Time spent drawing, and encoding, without the time in the queue. */
  readonly renderTime: Milliseconds;
  readonly encodeTime: Milliseconds;
}

export interface Renderer extends AsyncDisposable {
  /**
   * Draws the document. Rejects with a `Problem`: `queue-full` (at once, where the queue is at its bound),
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
