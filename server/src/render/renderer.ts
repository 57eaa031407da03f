import type { ByteLimits, PictureType } from '../model/picture.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Observation } from './development/page-watch.ts';
import type { PreparedDocument } from './document/prepare-document.ts';

export interface RenderRequest {
  /** The browser renders exactly this, without requesting it again. */
  readonly document: PreparedDocument;
  /** The website: requests of different partitions share nothing in the browser. */
  readonly partition: string;
  /** For a page's developer: hides overlays of development servers, and reports errors. */
  readonly development?: boolean;
  readonly signal?: AbortSignal;
}

export interface Rendering {
  readonly bytes: Buffer;
  readonly type: PictureType;
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** When other consumers with the same `commonFingerprint` get this picture too; null: never. */
  readonly common: ByteLimits | null;
  /** Why `og:plus:selector` had no effect and the whole page was rendered; undefined otherwise. */
  readonly selectorIgnored?: string;
  /** What the page did; for `development` only. */
  readonly observation?: Observation;
  /** False if the page was not ready when the render budget ended, or shows nothing: it must not be kept as the card. */
  readonly complete: boolean;
  /** Why it is not complete, and which requests were not waited for, in sentences for the page's owner. */
  readonly remarks: readonly string[];
  /** Time spent rendering and encoding, without the time in the queue. */
  readonly renderTime: Milliseconds;
  readonly encodeTime: Milliseconds;
}

export interface Renderer extends AsyncDisposable {
  /**
   * Renders the document. Rejects with a `Problem`: `queue-full` (at once, if the queue is full), `render-failed` (a crash,
   * after one retry; browsers that ended until its time was over; a page that cannot be rendered), `stopping`.
   */
  render(request: RenderRequest): Promise<Rendering>;
  /** Rejects if no browser responds. For `/readyz`. */
  check(): Promise<void>;
  /** Renders since the start, for metrics and tests. */
  readonly started: number;
  /** Renders that wait for a worker. */
  readonly waiting: number;
  /** How it is, for the operator. Reading it starts nothing. */
  readonly status: RendererStatus;
}

export interface RendererStatus {
  /** Cards drawn at once at most, and now. */
  readonly places: number;
  readonly drawing: number;
  readonly waiting: number;
  readonly queueLimit: number;
  /** Renders since the start. */
  readonly started: number;
  readonly browser: BrowserStatus;
}

export interface BrowserStatus {
  /** `resting`: none runs, and the next card starts one. `failing`: the last start failed. */
  readonly state: 'running' | 'resting' | 'failing';
  /** Why it does not start. */
  readonly failure: string | null;
  /** `HeadlessChrome/153.0.8010.0`, of the one that started last; null before the first. */
  readonly product: string | null;
  /** The program's path, or where it runs. */
  readonly place: string;
  readonly running: number;
  /** Browsers that ended without being told to since the start: crashed, or killed. */
  readonly exits: number;
  /** Null before the first start, and for a browser elsewhere. */
  readonly sandboxed: boolean | null;
  readonly asRoot: boolean;
  /** Of all browsers together, in bytes; null where it is unknown or unlimited. */
  readonly memory: number | null;
  readonly memoryLimit: number | null;
}

/** What a render took, whether a picture came of it or not. */
export interface RenderCost {
  /** During which a browser was occupied. */
  readonly time: Milliseconds;
  /** That passed the browser's gate, in both directions. */
  readonly bytes: number;
}
