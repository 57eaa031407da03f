import { milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from '../browser/browser.ts';
import { Page } from '../page/page.ts';
import type { PageGate, PageLimits } from './page-limits.ts';

const commandDeadline = milliseconds(5000);

// A page whose virtual time is ahead of real time cannot be used yet. It is replaced after its render, while nobody waits, if
// it is further ahead than this, or would still be ahead if the next card were asked for as soon as the last one was.
const mostAhead = 1000;

/**
 * A browser context for one partition: its HTTP cache stays, everything else that a page could leave behind is cleared
 * between renders. One render at a time.
 */
export class Context {
  readonly #browser: RunningBrowser;
  readonly #id: string;
  readonly #limits: PageLimits | undefined;
  readonly #gate: PageGate | undefined;
  readonly #stopWatching: () => void;
  /** The next page, made ready in advance. */
  #next: Promise<Page>;
  /** When its last render ended, and how long after one the next was asked for, in milliseconds. */
  #ended: number | undefined;
  #gap = mostAhead;

  private constructor(browser: RunningBrowser, id: string, limits?: PageLimits, gate?: PageGate) {
    this.#browser = browser;
    this.#limits = limits;
    this.#gate = gate;
    this.#stopWatching = browser.cdp.onClosed(() => this.#closeGate());
    this.#id = id;
    this.#next = Page.open(browser, id);
    this.#next.catch(() => {}); // reported to whoever requests the page
  }

  static async open(browser: RunningBrowser, limits?: PageLimits): Promise<Context> {
    const deadline = commandDeadline;
    const gate = await limits?.openGate();
    try {
      const proxy = gate === undefined ? {} : { proxyServer: gate.url, proxyBypassList: '<-loopback>' };
      const params = { disposeOnDetach: true, ...proxy };
      const { browserContextId } = await browser.cdp.send('Target.createBrowserContext', params, { deadline });
      await browser.cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId }, { deadline });
      return new Context(browser, browserContextId, limits, gate);
    } catch (error) {
      await gate?.[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The next page, for a document in this language, with fresh network limits. */
  async page(language: string): Promise<Page> {
    if (this.#ended !== undefined) this.#gap = performance.now() - this.#ended;
    const ready = await this.#next;
    if (ready.isGone || !ready.canRender(language)) this.#next = this.#replace(ready);
    const page = await this.#next;
    const gate = this.#gate;
    gate?.renew();
    if (gate !== undefined && this.#limits !== undefined)
      page.traffic.onMoreThan(this.#limits.requests, () => gate.cut());
    return page;
  }

  /** Bytes that passed since the page was lent. */
  get loaded(): number {
    return this.#gate?.bytes ?? 0;
  }

  /**
   * Whether the rendered page may have left state that cannot be cleared, so that the whole context must go. What documents
   * of other origins store is kept under the page's site (storage partitioning) and cannot be found by their origin;
   * passwords are forgotten only with their context.
   */
  async isStrayed(): Promise<boolean> {
    const page = await this.#next;
    return page.openedWindow || page.wasChallenged || page.origins.size > 1;
  }

  /** Clears the context and makes the next page. Rejects if that fails: the context must then be closed. */
  async clean(): Promise<void> {
    this.#ended = performance.now();
    const used = await this.#next;
    const isRenewable = used.isRenewable(Math.min(mostAhead, this.#gap));
    this.#next = isRenewable ? used.renew().catch(() => this.#replace(used)) : this.#replace(used);
    this.#next.catch(() => {}); // reported to whoever requests the page
    const page = await this.#next;
    await Promise.all([
      page.clearStorage(used.origins),
      this.#browser.cdp.send('Storage.clearCookies', { browserContextId: this.#id }, { deadline: commandDeadline }),
      this.#browser.cdp.send('Browser.resetPermissions', { browserContextId: this.#id }, { deadline: commandDeadline }),
    ]);
  }

  async #replace(used: Page): Promise<Page> {
    const [page] = await Promise.all([Page.open(this.#browser, this.#id), used.close()]);
    return page;
  }

  /** Closes it with its page and data. */
  async dispose(): Promise<void> {
    const params = { browserContextId: this.#id };
    this.#stopWatching();
    this.#closeGate();
    this.#next.then((page) => page.forget()).catch(() => {}); // there was no page
    await this.#browser.cdp.send('Target.disposeBrowserContext', params, { deadline: commandDeadline });
  }

  /** At once: a page's open connections are of no more use. */
  #closeGate(): void {
    void this.#gate?.[Symbol.asyncDispose]();
  }
}
