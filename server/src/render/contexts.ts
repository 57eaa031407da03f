import type { Cdp } from './cdp.ts';
import { Context } from './context.ts';
import type { Page } from './page.ts';

/** The contexts of one browser: lent to one drawing at a time, cleaned behind it, the longest unused ones ended. */
export class Contexts {
  readonly #cdp: Cdp;
  readonly #most: number;
  /** Ready for a drawing, the longest unused first. */
  readonly #idle = new Set<Context>();
  readonly #cleaning = new Set<Promise<void>>();

  constructor(cdp: Cdp, most: number) {
    this.#cdp = cdp;
    this.#most = most;
  }

  /** Lends a page of the partition to `work`. A context whose page did not answer ends with it. */
  async lend<T>(partition: string, work: (page: Page) => Promise<T>): Promise<T> {
    const context = this.#take(partition) ?? (await Context.open(this.#cdp, partition));
    try {
      const result = await work(await context.page());
      this.#clean(context);
      return result;
    } catch (error) {
      context.dispose().catch(() => {}); // the browser is gone, or will be ended by who judges its health
      throw error;
    }
  }

  /** Opens a context ahead of the first drawing. */
  async warm(partition: string): Promise<void> {
    const context = await Context.open(this.#cdp, partition);
    await context.page();
    this.#putBack(context);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#cleaning);
  }

  #take(partition: string): Context | undefined {
    const found = [...this.#idle].find((context) => context.partition === partition);
    if (found !== undefined) this.#idle.delete(found);
    return found;
  }

  #clean(context: Context): void {
    const cleaned = context.clean().then(
      () => this.#putBack(context),
      () => context.dispose().catch(() => {}),
    );
    this.#cleaning.add(cleaned);
    void cleaned.finally(() => this.#cleaning.delete(cleaned));
  }

  #putBack(context: Context): void {
    this.#idle.add(context);
    const [longestUnused] = this.#idle;
    if (this.#idle.size <= this.#most || longestUnused === undefined) return;
    this.#idle.delete(longestUnused);
    longestUnused.dispose().catch(() => {}); // the browser is gone
  }
}
