import type { RunningBrowser } from '../browser/browser.ts';
import type { Page } from '../page/page.ts';
import { Context } from './context.ts';
import type { PageLimits } from './page-limits.ts';

/** The contexts of one browser: lent to one drawing at a time, cleaned behind it, the longest unused ones ended. */
export class Contexts {
  readonly #browser: RunningBrowser;
  readonly #most: number;
  readonly #limits: PageLimits | undefined;
  /** Ready for a drawing of their partition, the longest unused first. */
  readonly #idle = new Map<string, Context>();
  /** Made ready for the next drawing of their partition; nothing where that cannot be. */
  readonly #renewing = new Map<string, Promise<Context | undefined>>();
  /** Made ahead for a partition that has none. */
  #spare: Promise<Context> | undefined;
  /** What a drawing left behind and is not gone yet. */
  readonly #clearing = new Set<Promise<unknown>>();

  constructor(browser: RunningBrowser, most: number, limits?: PageLimits) {
    this.#browser = browser;
    this.#most = most;
    this.#limits = limits;
    this.#makeSpare();
  }

  /** Whether one of the partition is ready, or nearly. */
  keeps(partition: string): boolean {
    return this.#idle.has(partition) || this.#renewing.has(partition);
  }

  /** Whether a page that was drawn may still run. */
  get isClearing(): boolean {
    return this.#clearing.size > 0;
  }

  /** Lends a page of the partition, for a document in this language, to `work`. A context whose page did not answer ends with it. */
  async lend<T>(partition: string, language: string, work: (page: Page) => Promise<T>): Promise<T> {
    const context = this.#takeIdle(partition) ?? (await this.#takeRenewing(partition)) ?? (await this.#takeSpare());
    try {
      const result = await work(await context.page(language));
      this.#renew(partition, context);
      return result;
    } catch (error) {
      this.#clear(end(context));
      throw error;
    } finally {
      this.#makeSpare();
    }
  }

  #takeIdle(partition: string): Context | undefined {
    const found = this.#idle.get(partition);
    this.#idle.delete(partition);
    return found;
  }

  /** One that is nearly ready holds the website's files already, which a new one would load again. */
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

  /** Behind a drawing, while nobody waits. */
  #makeSpare(): void {
    if (this.#spare !== undefined) return;
    const spare = Context.open(this.#browser, this.#limits);
    this.#spare = spare;
    spare.catch(() => {
      if (this.#spare === spare) this.#spare = undefined; // told to who took it, if anyone did
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

/** Ready for the next drawing; nothing where it has to end. */
async function clean(context: Context): Promise<Context | undefined> {
  if (await context.isStrayed()) {
    await end(context);
    return undefined;
  }
  await context.clean();
  return context;
}

async function end(context: Context): Promise<void> {
  await context.dispose().catch(() => {}); // the browser is gone, or will be ended by who judges its health
}
