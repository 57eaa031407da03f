import type { Page } from '../page.ts';

// Milliseconds of steps: most pages stay below them, and the browser is not asked. Later it is asked once in so many.
const betweenLooks = 100;

/**
 * How much a page does, in milliseconds of a core: the time that its steps take while that is little, which is never too low,
 * and from then on what its processes have used. A machine that is busy with other work does not count.
 */
export class Work {
  readonly #page: Page;
  /** Since the last look, or the beginning. */
  #took = 0;
  /** What the processes had used at the last look. */
  #used: number | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The work that has become known with one more step, which took so long. */
  async of(took: number): Promise<number> {
    this.#took += took;
    const before = this.#used;
    if (this.#took < betweenLooks) return before === undefined ? took : 0;
    this.#took = 0;
    this.#used = await this.#page.timeUsed();
    // Before the first look it is unknown; a process that ended takes its time with it.
    return before === undefined ? Math.min(took, betweenLooks) : Math.max(0, this.#used - before);
  }
}
