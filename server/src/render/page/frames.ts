import type { Protocol } from 'devtools-protocol';
import { resultWithin } from '../../concurrency/result-within.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { CdpError } from '../browser/cdp.ts';
import type { FrameSource, FrameTarget } from '../browser/frame-source.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Between two frames: sixty a second. */
export const ofAScreen = milliseconds(16);
// What is settled is seen to be so in two frames; the one before them may have been under way when they were asked for.
const hurriedFrames = 3;

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
  readonly #target: FrameTarget;
  #hurried = 0;
  #endPause = (): void => {};
  /** The clock that frames go by; undefined for the machine's. */
  time: VirtualTime | undefined;

  constructor(source: FrameSource, target: FrameTarget) {
    this.#source = source;
    this.#target = target;
  }

  /** Issues a frame ahead of those that are waited for, and gives up waiting for it after `patience`. */
  async first(patience: Milliseconds): Promise<void> {
    await resultWithin(patience, this.next());
  }

  /** Issues a frame that nobody sees: all runs in it that waits for a frame. */
  async next(): Promise<void> {
    await this.#issue({ noDisplayUpdates: true });
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
        await this.#issue({ noDisplayUpdates: !display });
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
    const frame = await resultWithin(deadline, this.#issue({ screenshot }));
    if (frame === undefined) throw new CdpError('The page gave no frame in time.', true);
    return frame.screenshotData;
  }

  #issue(
    params: Protocol.HeadlessExperimental.BeginFrameRequest,
  ): Promise<Protocol.HeadlessExperimental.BeginFrameResponse> {
    const { time } = this;
    return this.#source.issue(
      this.#target,
      time === undefined ? params : { ...params, frameTimeTicks: time.frameTime() },
    );
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
