import { resultWithin } from '../../concurrency/result-within.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { Cdp } from '../browser/cdp/cdp.ts';

// A page may have any number of them; what shows seldom depends on more.
const mostAsked = 8;

/** The workers of the page that its browser draws: they go by the machine's clock, whatever the page's own says. */
export class Workers {
  readonly #cdp: Cdp;
  readonly #targets = new Set<string>();
  readonly #stopListening: ReadonlyArray<() => void>;

  constructor(cdp: Cdp) {
    this.#cdp = cdp;
    this.#stopListening = [
      cdp.on('Target.targetCreated', undefined, ({ targetInfo: { type, targetId } }) => {
        if (type === 'worker' || type === 'shared_worker') this.#targets.add(targetId);
      }),
      cdp.on('Target.targetDestroyed', undefined, ({ targetId }) => void this.#targets.delete(targetId)),
    ];
  }

  get isEmpty(): boolean {
    return this.#targets.size === 0;
  }

  /** Resolves when each of them has computed what it was asked for so far, and after `patience` in any case. */
  async idle(patience: Milliseconds): Promise<void> {
    const asked = [...this.#targets].slice(0, mostAsked).map((targetId) => this.#ask(targetId, patience));
    await resultWithin(patience, Promise.allSettled(asked)); // one that just ended computes no more
  }

  stop(): void {
    for (const stop of this.#stopListening) stop();
  }

  async #ask(targetId: string, deadline: Milliseconds): Promise<void> {
    const { sessionId: session } = await this.#cdp.send(
      'Target.attachToTarget',
      { targetId, flatten: true },
      { deadline },
    );
    await this.#cdp.send('Runtime.evaluate', { expression: '0' }, { session, deadline });
    await this.#cdp.send('Target.detachFromTarget', { sessionId: session }, { deadline });
  }
}
