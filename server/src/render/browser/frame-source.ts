import type { Protocol } from 'devtools-protocol';
import { milliseconds } from '../../model/units.ts';
import { type Cdp, CdpError } from './cdp.ts';

// A blank page gives its frame within a few milliseconds.
const probeDeadline = milliseconds(5000);
// A page that computes gives none until it is done. Who waits for a frame gives up earlier.
const frameDeadline = milliseconds(60_000);

/** A page, by its target and the session that commands go to. */
export interface FrameTarget {
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
    { targetId, session }: FrameTarget,
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
