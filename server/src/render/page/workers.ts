import type { Cdp } from '../browser/cdp/cdp.ts';

/** The workers of the page that its browser draws: they go by the machine's clock, whatever the page's own says. */
export class Workers {
  readonly #targets = new Set<string>();
  readonly #stopListening: ReadonlyArray<() => void>;

  constructor(cdp: Cdp) {
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

  stop(): void {
    for (const stop of this.#stopListening) stop();
  }
}
