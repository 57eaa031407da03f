import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
import { type Cdp, CdpError } from './cdp/cdp.ts';

// A blank page renders its frame within a few milliseconds.
const probeDeadline = milliseconds(5000);
// A page that computes renders none until it is done. Callers give up earlier.
const frameDeadline = milliseconds(60_000);

/** A page, by its target and the session that commands go to. */
export interface FrameTarget {
  readonly targetId: string;
  readonly session: string;
}

/**
 * Issues the frames of a browser under frame control (BeginFrame): one at a time across all pages, because Chromium's
 * display process exits on a second one.
 */
export class FrameSource {
  readonly #cdp: Cdp;
  /** Settles with the last frame. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(cdp: Cdp) {
    this.#cdp = cdp;
  }

  /** Undefined if the browser renders on its own: all but Chromium's headless shell, and that one on macOS. */
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
      if (error instanceof CdpError && !error.lost) return undefined; // the command is not supported
      throw error;
    }
  }

  /** Issues a frame of the page once the running one has ended: with its response, or with its page. */
  issue(
    { targetId, session }: FrameTarget,
    params: Protocol.HeadlessExperimental.BeginFrameRequest,
  ): Promise<Protocol.HeadlessExperimental.BeginFrameResponse> {
    const options = { session, deadline: frameDeadline };
    const frame = this.#last.then(() => this.#cdp.send('HeadlessExperimental.beginFrame', params, options));
    const { promise: destroyed, resolve } = Promise.withResolvers<void>();
    const stopWatching = this.#cdp.on('Target.targetDestroyed', undefined, (event) => {
      if (event.targetId === targetId) resolve();
    });
    const ended = frame.catch(() => {}); // reported to its caller
    this.#last = Promise.race([ended, destroyed]).finally(stopWatching);
    return frame;
  }
}
