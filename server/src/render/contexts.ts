import type { RunningBrowser } from './browser.ts';
import { Context, type PageLimits } from './context.ts';
import type { Page } from './page.ts';

/** A context that is made ready for its next drawing; nothing where that failed. */
interface Renewing {
  readonly partition: string;
  readonly renewed: Promise<Context | undefined>;
}

/** The contexts of one browser: lent to one drawing at a time, cleaned behind it, the longest unused ones ended. */
export class Contexts {
  readonly #browser: RunningBrowser;
  readonly #most: number;
  readonly #limits: PageLimits | undefined;
  /** Ready for a drawing, the longest unused first. */
  readonly #idle = new Set<Context>();
  readonly #renewing = new Set<Renewing>();

  constructor(browser: RunningBrowser, most: number, limits?: PageLimits) {
    this.#browser = browser;
    this.#most = most;
    this.#limits = limits;
  }

  /** Whether one of the partition is ready, or nearly. */
  keeps(partition: string): boolean {
    return [...this.#idle, ...this.#renewing].some((kept) => kept.partition === partition);
  }

  /** Lends a page of the partition, for a document in this language, to `work`. A context whose page did not answer ends with it. */
  async lend<T>(partition: string, language: string, work: (page: Page) => Promise<T>): Promise<T> {
    const context = this.#takeIdle(partition) ?? (await this.#takeRenewing(partition)) ?? (await this.#open(partition));
    try {
      const result = await work(await context.page(language));
      this.#renew(context);
      return result;
    } catch (error) {
      end(context);
      throw error;
    }
  }

  #open(partition: string): Promise<Context> {
    return Context.open(this.#browser, partition, this.#limits);
  }

  #takeIdle(partition: string): Context | undefined {
    const found = [...this.#idle].find((context) => context.partition === partition);
    if (found !== undefined) this.#idle.delete(found);
    return found;
  }

  /** One that is nearly ready holds the website's files already, which a new one would load again. */
  #takeRenewing(partition: string): Promise<Context | undefined> | undefined {
    const found = [...this.#renewing].find((renewing) => renewing.partition === partition);
    if (found !== undefined) this.#renewing.delete(found);
    return found?.renewed;
  }

  #renew(context: Context): void {
    const renewed = this.#cleanOrReplace(context).catch(() => end(context));
    const renewing = { partition: context.partition, renewed };
    this.#renewing.add(renewing);
    renewed.then((ready) => {
      if (this.#renewing.delete(renewing) && ready !== undefined) this.#putBack(ready);
    });
  }

  async #cleanOrReplace(context: Context): Promise<Context> {
    if (!(await context.isStrayed())) {
      await context.clean();
      return context;
    }
    await context.dispose();
    return this.#open(context.partition);
  }

  #putBack(context: Context): void {
    this.#idle.add(context);
    const [longestUnused] = this.#idle;
    if (this.#idle.size <= this.#most || longestUnused === undefined) return;
    this.#idle.delete(longestUnused);
    end(longestUnused);
  }
}

function end(context: Context): undefined {
  context.dispose().catch(() => {}); // the browser is gone, or will be ended by who judges its health
}
