import { milliseconds } from '../units.ts';
import type { Cdp } from './cdp.ts';
import { Page } from './page.ts';

const commandDeadline = milliseconds(5000);

/**
 * A browser context of one partition: its HTTP cache stays, everything else a page could leave behind goes between
 * drawings. One drawing at a time.
 */
export class Context {
  readonly partition: string;
  readonly #cdp: Cdp;
  readonly #id: string;
  /** The next page, made ahead while nobody waits. */
  #next: Promise<Page>;

  private constructor(cdp: Cdp, partition: string, id: string) {
    this.#cdp = cdp;
    this.partition = partition;
    this.#id = id;
    this.#next = Page.open(cdp, id);
    this.#next.catch(() => {}); // told to who asks for the page
  }

  static async open(cdp: Cdp, partition: string): Promise<Context> {
    const deadline = commandDeadline;
    const { browserContextId } = await cdp.send('Target.createBrowserContext', { disposeOnDetach: true }, { deadline });
    await cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId }, { deadline });
    return new Context(cdp, partition, browserContextId);
  }

  page(): Promise<Page> {
    return this.#next;
  }

  /**
   * Whether the drawn page may have left what cannot be put back, so that the whole context must go. What documents of
   * other origins store is kept under the page's site (storage partitioning) and is not found again by their origin;
   * passwords are forgotten with their context only.
   */
  async isStrayed(): Promise<boolean> {
    const page = await this.#next;
    return page.openedWindow || page.wasChallenged || page.origins.size > 1;
  }

  /** Puts everything back as it was and makes the next page. Rejects where that fails: the context must then go. */
  async clean(): Promise<void> {
    const used = await this.#next;
    const next = Page.open(this.#cdp, this.#id);
    this.#next = next;
    const [page] = await Promise.all([next, used.close()]);
    await Promise.all([
      page.clearStorage(used.origins),
      this.#cdp.send('Storage.clearCookies', { browserContextId: this.#id }, { deadline: commandDeadline }),
      this.#cdp.send('Browser.resetPermissions', { browserContextId: this.#id }, { deadline: commandDeadline }),
    ]);
  }

  /** Ends it, its page and all it holds. */
  async dispose(): Promise<void> {
    const params = { browserContextId: this.#id };
    this.#next.then((page) => page.forget()).catch(() => {}); // there was no page
    await this.#cdp.send('Target.disposeBrowserContext', params, { deadline: commandDeadline });
  }
}
