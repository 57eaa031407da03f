import { browsersOf } from './browsers.ts';
import type { LogLine } from './service.ts';

const everyMs = 200;
const aboveAtMostMs = 1000;

/** What the browsers took over the whole siege, looked at five times a second from outside. */
export class MemoryRecord implements Disposable {
  largest = 0;
  /** The longest time in one piece that more than a tenth above the limit was taken. */
  longestAboveMs = 0;
  /** Command lines of processes that were less confined than they must be. */
  readonly weaker = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #aboveSince: number | undefined;

  constructor(service: number, limit: number, first: Pick<LogLine, 'sandboxed' | 'user'>) {
    this.#timer = setInterval(async () => {
      const { bytes, processes } = await browsersOf(service);
      this.largest = Math.max(this.largest, bytes);
      const now = performance.now();
      if (bytes <= limit * 1.1) this.#aboveSince = undefined;
      else this.#aboveSince ??= now;
      this.longestAboveMs = Math.max(this.longestAboveMs, now - (this.#aboveSince ?? now));
      for (const { command, user } of processes) {
        const isRoot = user === 0 && typeof first.user === 'number' && command.includes('--headless');
        if (isRoot || (first.sandboxed === true && command.includes('--no-sandbox')))
          this.weaker.add(command.slice(0, 200));
      }
    }, everyMs);
  }

  get holds(): boolean {
    return this.longestAboveMs <= aboveAtMostMs;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
