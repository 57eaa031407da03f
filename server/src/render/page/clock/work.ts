import type { Page } from '../page.ts';

// Milliseconds that most pages stay below: the browser is not asked about them.
const littleTime = 100;

/**
 * How much a page does, in milliseconds of a core: the time that its steps take while that is little, which is never too low,
 * and from then on what its processes have used. A machine that is busy with other work does not count.
 */
export class Work {
  readonly #page: Page;
  #took = 0;
  /** What the processes had used at the last look. */
  #used: number | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The work of one more step, which took so long. */
  async of(took: number): Promise<number> {
    this.#took += took;
    if (this.#took < littleTime) return took;
    const before = this.#used;
    this.#used = await this.#page.timeUsed();
    // Before the first look it is unknown; a process that ended takes its time with it.
    return before === undefined ? Math.min(took, littleTime) : Math.max(0, this.#used - before);
  }
}
