import type { Protocol } from 'devtools-protocol';
import { type Milliseconds, milliseconds } from '../units.ts';
import { within } from '../within.ts';
import { type Cdp, CdpError } from './cdp.ts';

// A blank page gives its frame within a few milliseconds.
const probeDeadline = milliseconds(5000);
// A page that computes gives none until it is done. Who waits for a frame gives up earlier.
const frameDeadline = milliseconds(60_000);
/** Between two frames: sixty a second. */
export const ofAScreen = milliseconds(16);
// What is settled is seen to be so in two frames; the one before them may have been under way when they were asked for.
const hurriedFrames = 3;

/** A page, by its target and the session that commands go to. */
interface Target {
  readonly targetId: string;
  readonly session: string;
}

/**
 * Issues the frames of a browser that leaves them to us (BeginFrame control): one at a time, whichever page it is of, for
 * Chromium's display process ends itself over a second one.
 */
export class FrameSource {
  readonly #cdp: Cdp;
  /** Resolves with the last frame. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(cdp: Cdp) {
    this.#cdp = cdp;
  }

  /** Undefined where the browser draws by itself: any but Chromium's headless shell, and that one on macOS. */
  static async of(cdp: Cdp): Promise<FrameSource | undefined> {
    const deadline = probeDeadline;
    const params = { url: 'about:blank', enableBeginFrameControl: true };
    try {
      const { targetId } = await cdp.send('Target.createTarget', params, { deadline });
      const { sessionId: session } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
      const source = new FrameSource(cdp);
      const issued = source.issue({ targetId, session }, { noDisplayUpdates: true });
      await issued.finally(() => cdp.send('Target.closeTarget', { targetId }, { deadline }));
      return source;
    } catch (error) {
      if (error instanceof CdpError && !error.lost) return undefined; // it knows no such command
      throw error;
    }
  }

  /** Issues a frame of the page once the one under way has ended: with its answer, or with its page. */
  issue(
    { targetId, session }: Target,
    params: Protocol.HeadlessExperimental.BeginFrameRequest,
  ): Promise<Protocol.HeadlessExperimental.BeginFrameResponse> {
    const options = { session, deadline: frameDeadline };
    const frame = this.#last.then(() => this.#cdp.send('HeadlessExperimental.beginFrame', params, options));
    const { promise: destroyed, resolve } = Promise.withResolvers<void>();
    const stopWatching = this.#cdp.on('Target.targetDestroyed', undefined, (event) => {
      if (event.targetId === targetId) resolve();
    });
    const ended = frame.catch(() => {}); // told to who issued it
    this.#last = Promise.race([ended, destroyed]).finally(stopWatching);
    return frame;
  }
}

export interface FrameRun {
  /** From the end of a frame to the next one, unless that one took longer itself. */
  readonly interval: Milliseconds;
  /** Whether frames are put on the page's display too, which nobody sees, but which captures are copied from. */
  readonly display: boolean;
}

/**
 * The frames of a page that draws none by itself. Nothing in it moves, no `requestAnimationFrame` runs and no image is
 * decoded but in a frame that is issued here: so nobody waits for the next one of a screen, and nothing is drawn twice.
 */
export class Frames {
  readonly #source: FrameSource;
  readonly #target: Target;
  #hurried = 0;
  #endPause = (): void => {};

  constructor(source: FrameSource, target: Target) {
    this.#source = source;
    this.#target = target;
  }

  /** Issues a frame ahead of those that are waited for, and gives up waiting for it after `patience`. */
  async first(patience: Milliseconds): Promise<void> {
    await within(patience, this.#source.issue(this.#target, { noDisplayUpdates: true }));
  }

  /** Issues one frame after the other until the function that it gives is called. */
  run({ interval, display }: FrameRun): () => void {
    let runs = true;
    this.#hurried = 0;
    const loop = async () => {
      for (let took = 0; runs; ) {
        await this.#pause(Math.max(interval, took));
        if (!runs) return;
        const started = performance.now();
        await this.#source.issue(this.#target, { noDisplayUpdates: !display });
        took = performance.now() - started;
      }
    };
    loop().catch(() => {}); // a page that gives no frame any more is told of by its capture
    return () => {
      runs = false;
      this.#endPause();
    };
  }

  /** Has the run issue the next frames without a pause between them: somebody waits for them. */
  hurry(): void {
    this.#hurried = hurriedFrames;
    this.#endPause();
  }

  /**
   * Issues a frame and gives the picture of it, encoded in base64: the whole view, at the scale of the browser's own
   * screen. Undefined where nothing was drawn anew since the last picture.
   * @throws {CdpError} where there is none in time.
   */
  async screenshot(
    screenshot: Protocol.HeadlessExperimental.ScreenshotParams,
    deadline: Milliseconds,
  ): Promise<string | undefined> {
    const frame = await within(deadline, this.#source.issue(this.#target, { screenshot }));
    if (frame === undefined) throw new CdpError('The page gave no frame in time.', true);
    return frame.screenshotData;
  }

  async #pause(ms: number): Promise<void> {
    if (this.#hurried > 0) {
      this.#hurried--;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endPause = resolve;
    await promise;
    clearTimeout(timer);
  }
}
