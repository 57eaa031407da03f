import type { RunningBrowser } from '../browser/browser.ts';
import type { Page } from '../page/page.ts';
import { Context } from './context.ts';
import type { PageLimits } from './page-limits.ts';

/** @param loaded tells how many bytes passed the page's gate. */
type Work<T> = (page: Page, loaded: () => number) => Promise<T>;

/** The contexts of one browser: lent to one render at a time, cleaned after it; the longest unused are closed. */
export class Contexts {
  readonly #browser: RunningBrowser;
  readonly #most: number;
  readonly #limits: PageLimits | undefined;
  /** Ready for a render of their partition, longest unused first. */
  readonly #idle = new Map<string, Context>();
  /** Being cleaned for the next render of their partition; undefined if that fails. */
  readonly #renewing = new Map<string, Promise<Context | undefined>>();
  /** Made ready in advance for a partition without a context. */
  #spare: Promise<Context> | undefined;
  /** Clean-up that is still running. */
  readonly #clearing = new Set<Promise<unknown>>();

  constructor(browser: RunningBrowser, most: number, limits?: PageLimits) {
    this.#browser = browser;
    this.#most = most;
    this.#limits = limits;
    this.#makeSpare();
  }

  /** Whether the partition's context is ready, or nearly. */
  keeps(partition: string): boolean {
    return this.#idle.has(partition) || this.#renewing.has(partition);
  }

  /** Whether a rendered page may still be running. */
  get isClearing(): boolean {
    return this.#clearing.size > 0;
  }

  /** Resolves when none is. */
  async cleared(): Promise<void> {
    await Promise.allSettled(this.#clearing);
  }

  /** Lends `work` a page of the partition, for a document in this language. If the page stops responding, its context is closed. */
  async lend<T>(partition: string, language: string, work: Work<T>): Promise<T> {
    const context = this.#takeIdle(partition) ?? (await this.#takeRenewing(partition)) ?? (await this.#takeSpare());
    try {
      const result = await work(await context.page(language), () => context.loaded);
      this.#renew(partition, context);
      return result;
    } catch (error) {
      this.#clear(end(context));
      throw error;
    } finally {
      this.#makeSpare();
    }
  }

  /** Lends `work` a page that renders frames on its own, by the machine's clock, in a context of its own. */
  async lendByOwnClock<T>(language: string, work: Work<T>): Promise<T> {
    const context = await Context.open({ ...this.#browser, frames: undefined }, this.#limits);
    try {
      return await work(await context.page(language), () => context.loaded);
    } finally {
      this.#clear(end(context));
    }
  }

  #takeIdle(partition: string): Context | undefined {
    const found = this.#idle.get(partition);
    this.#idle.delete(partition);
    return found;
  }

  /** A context being cleaned has the website's files cached, which a new one would load again. */
  #takeRenewing(partition: string): Promise<Context | undefined> | undefined {
    const found = this.#renewing.get(partition);
    this.#renewing.delete(partition);
    return found;
  }

  #takeSpare(): Promise<Context> {
    const spare = this.#spare ?? Context.open(this.#browser, this.#limits);
    this.#spare = undefined;
    return spare;
  }

  /** After a render, when nobody waits. */
  #makeSpare(): void {
    if (this.#spare !== undefined) return;
    const spare = Context.open(this.#browser, this.#limits);
    this.#spare = spare;
    spare.catch(() => {
      if (this.#spare === spare) this.#spare = undefined; // reported to whoever took it
    });
  }

  #renew(partition: string, context: Context): void {
    const renewed = clean(context).catch(() => void this.#clear(end(context)));
    this.#clear(renewed);
    this.#renewing.set(partition, renewed);
    renewed.then((ready) => {
      if (this.#renewing.get(partition) !== renewed) return; // taken
      this.#renewing.delete(partition);
      if (ready !== undefined) this.#putBack(partition, ready);
    });
  }

  #putBack(partition: string, context: Context): void {
    this.#idle.set(partition, context);
    const [longestUnused] = this.#idle;
    if (this.#idle.size <= this.#most || longestUnused === undefined) return;
    this.#idle.delete(longestUnused[0]);
    this.#clear(end(longestUnused[1]));
  }

  #clear(cleared: Promise<unknown>): void {
    this.#clearing.add(cleared);
    cleared.finally(() => this.#clearing.delete(cleared));
  }
}

/** Ready for the next render; undefined if it must be closed. */
async function clean(context: Context): Promise<Context | undefined> {
  if (await context.isStrayed()) {
    await end(context);
    return undefined;
  }
  await context.clean();
  return context;
}

async function end(context: Context): Promise<void> {
  await context.dispose().catch(() => {}); // the browser exited, or fails its health check and is killed
}
