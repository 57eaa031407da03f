import type { Protocol } from 'devtools-protocol';
import { resultWithin } from '../../../concurrency/result-within.ts';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { CdpError } from '../../browser/cdp/cdp.ts';
import type { FrameSource, FrameTarget } from '../../browser/frame-source.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Between two frames: sixty a second. */
export const ofAScreen = milliseconds(16);
// Settling takes two frames; another may have been running when they were requested.
const unpausedFrames = 3;

export interface FrameRun {
  /** From the end of a frame to the next one; longer if that one takes longer. */
  readonly interval: Milliseconds;
  /** Whether frames also go to the page's display, which is invisible, but which captures are copied from. */
  readonly display: boolean;
}

/**
 * The frames of a page under frame control. Animations, `requestAnimationFrame` and image decoding happen only in frames
 * that are issued here: so nothing waits for a screen's next frame, and nothing is rendered twice.
 */
export class Frames {
  readonly #source: FrameSource;
  readonly #target: FrameTarget;
  #unpaused = 0;
  #endPause = (): void => {};
  /** The clock of the frames; undefined for the machine's. */
  time: VirtualTime | undefined;
  /**
   * Whether all frames also go to the page's display, which costs their drawing. WebGL hands over its next picture, and a
   * view transition takes its first one, only then.
   */
  display = false;
  /** How many were issued so far, and are done. */
  done = 0;

  constructor(source: FrameSource, target: FrameTarget) {
    this.#source = source;
    this.#target = target;
  }

  /** Issues a first frame, and waits for it up to `timeout`. */
  async first(timeout: Milliseconds): Promise<void> {
    await resultWithin(timeout, this.next());
  }

  /** Issues a frame; everything that waits for a frame runs in it. */
  async next(): Promise<void> {
    await this.#issue({ noDisplayUpdates: !this.display });
  }

  /** Issues frames one after the other until the returned function is called. */
  run({ interval, display }: FrameRun): () => void {
    let runs = true;
    this.#unpaused = 0;
    const loop = async () => {
      for (let took = 0; runs; ) {
        await this.#pause(Math.max(interval, took));
        if (!runs) return;
        const started = performance.now();
        await this.#issue({ noDisplayUpdates: !(display || this.display) });
        took = performance.now() - started;
      }
    };
    loop().catch(() => {}); // a page that renders no frame is detected by its capture
    return () => {
      runs = false;
      this.#endPause();
    };
  }

  /** Issues the run's next frames without a pause: somebody waits for them. */
  skipPauses(): void {
    this.#unpaused = unpausedFrames;
    this.#endPause();
  }

  /**
   * Issues a frame and returns a screenshot of it in base64: the whole viewport, at the scale of the browser's own screen.
   * Undefined if nothing changed since the last screenshot.
   * @throws {CdpError} if there is none in time.
   */
  async screenshot(
    screenshot: Protocol.HeadlessExperimental.ScreenshotParams,
    deadline: Milliseconds,
  ): Promise<string | undefined> {
    const frame = await resultWithin(deadline, this.#issue({ screenshot }));
    if (frame === undefined) throw new CdpError('The page rendered no frame in time.', true);
    return frame.screenshotData;
  }

  async #issue(
    params: Protocol.HeadlessExperimental.BeginFrameRequest,
  ): Promise<Protocol.HeadlessExperimental.BeginFrameResponse> {
    const { time } = this;
    const timed = time === undefined ? params : { ...params, frameTimeTicks: time.frameTime() };
    const frame = await this.#source.issue(this.#target, timed);
    this.done++;
    return frame;
  }

  async #pause(ms: number): Promise<void> {
    if (this.#unpaused > 0) {
      this.#unpaused--;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endPause = resolve;
    await promise;
    clearTimeout(timer);
  }
}
