import type { ReadsDocument } from '../../model/document.ts';
import type { Log } from '../../model/log.ts';
import { Problem, stopping } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { isHealthy, type RunningBrowser, startBrowser } from '../browser/browser.ts';
import { CdpError, PageGone } from '../browser/cdp.ts';
import { tellConfinement } from '../browser/confinement.ts';
import type { Browser } from '../browser/find-browser.ts';
import type { Watched } from '../browser/memory-watch.ts';
import { draw } from '../page/draw.ts';
import type { Page } from '../page/page.ts';
import type { Rendering, RenderRequest } from '../renderer.ts';
import { Contexts } from './contexts.ts';
import type { PageLimits } from './page-limits.ts';

export interface BrowserWorkerOptions {
  readonly budget: Milliseconds;
  /** What a page that moves lives before it is drawn, by its own clock. */
  readonly pageLife?: Milliseconds;
  /** Reads what a page that sends its reader on leads to, as the page itself was read; undefined where it cannot be read. */
  readonly read: ReadsDocument;
  readonly proxyServer: string | undefined;
  /** What a page may take of the network; without it, what the browser's own proxy lets through. */
  readonly pageLimits?: PageLimits;
  /** After so many a new browser takes the place of the old one. */
  readonly drawingsPerBrowser?: number;
  readonly log: Log;
}

// Idle contexts cost up to 130 MB each, with their warm page; websites in use at a time are few.
const idleContexts = 3;
// A healthy browser answers within a few milliseconds, a loaded one within a second.
const healthDeadline = milliseconds(2000);
// Chromium's memory grows with the pages it has drawn; starting it again costs nobody anything, behind the drawings.
const defaultDrawings = 1000;

// Nearly all that a page does of its own accord is over then.
const defaultLife = milliseconds(5000);

interface Running {
  readonly browser: RunningBrowser;
  readonly contexts: Contexts;
  /** Drawings that it was used for. */
  drawn: number;
  isDrawing: boolean;
  /** Another one is in its place: it ends with its last drawing. */
  isReplaced: boolean;
}

/**
 * Draws one page after the other in a browser of its own, which starts with the first one and again whenever it is gone.
 * One at a time, because Chromium has one frame under way in all of its pages together: where a page of another drawing
 * computed, this one would wait for it.
 */
export class BrowserWorker {
  readonly #found: Browser;
  readonly #options: BrowserWorkerOptions;
  #running: Promise<Running> | undefined;
  /** The browser that is to take the place of the one that runs, while it starts. */
  #replacement: Promise<Running> | undefined;
  /** All that are up. */
  readonly #up = new Set<Running>();
  readonly #ending = new Set<Promise<void>>();
  #isStopping = false;
  #isBusy = false;

  constructor(found: Browser, options: BrowserWorkerOptions) {
    this.#found = found;
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isStarted(): boolean {
    return this.#running !== undefined;
  }

  /** Whether it keeps a context of the website. */
  isWarmFor(partition: string): boolean {
    return [...this.#up].some(({ contexts, isReplaced }) => !isReplaced && contexts.keeps(partition));
  }

  /** Its browsers: the one that draws, and for a moment the one that takes its place. */
  get browsers(): readonly Watched[] {
    return [...this.#up].map((running) => ({
      browser: running.browser,
      isDrawing: running.isDrawing,
      onNearLimit: () => this.#replace(running),
    }));
  }

  warm(): void {
    this.#browser().catch((error) => this.#options.log.warn({ err: error }, 'the browser did not start'));
  }

  /** Rejects as `Renderer.render` does. Not to be called while it is busy. */
  async render(request: RenderRequest): Promise<Rendering> {
    this.#isBusy = true;
    try {
      return await this.#drawOrTryAgain(request);
    } catch (error) {
      if (this.#isStopping) throw stopping();
      throw error instanceof CdpError ? hung(error) : error;
    } finally {
      this.#isBusy = false;
    }
  }

  /** Rejects where its browser does not answer. */
  async check(): Promise<void> {
    const { browser } = await this.#browser();
    if (!(await isHealthy(browser, healthDeadline))) throw new Error('The browser does not answer.');
  }

  /** Takes no drawing any more; ends what it has under way, and its browsers, once `grace` is over. */
  async stop(grace: Promise<unknown>): Promise<void> {
    this.#isStopping = true;
    await Promise.allSettled([this.#running, this.#replacement]);
    await grace;
    await Promise.all([...[...this.#up].map(({ browser }) => browser.stop()), ...this.#ending]);
  }

  async #drawOrTryAgain(request: RenderRequest): Promise<Rendering> {
    const first = await this.#browser();
    try {
      return await this.#attempt(first, request);
    } catch (error) {
      // Only a page or browser that went away gets a second try: a page that hangs would hang again.
      if (this.#isStopping || !(error instanceof CdpError) || !(await this.#isGone(first, error))) throw error;
      // A browser that ended tells of itself.
      if (!first.browser.cdp.isClosed) this.#options.log.warn({ website: request.partition }, 'a page crashed');
    }
    return this.#attempt(await this.#browser(), request);
  }

  async #attempt(running: Running, request: RenderRequest): Promise<Rendering> {
    running.drawn++;
    running.isDrawing = true;
    try {
      const { partition, document } = request;
      const { budget, pageLife: lived = defaultLife, read } = this.#options;
      const draws = (page: Page) => draw(page, request, { budget, lived, read });
      return await running.contexts.lend(partition, document.language, draws);
    } finally {
      running.isDrawing = false;
      const isWorn = running.drawn >= (this.#options.drawingsPerBrowser ?? defaultDrawings);
      if (running.isReplaced) this.#end(running);
      else if (isWorn) this.#replace(running);
    }
  }

  /** Puts a new browser in the place of this one, which goes on until that one is up and its own drawing is done. */
  #replace(running: Running): void {
    const { pid, cdp } = running.browser;
    if (running.isReplaced || this.#replacement !== undefined || this.#isStopping) return;
    if (pid === null || cdp.isClosed) return;
    const next = this.#start();
    this.#replacement = next;
    next
      .then(
        () => {
          this.#running = next;
          running.isReplaced = true;
          if (!running.isDrawing) this.#end(running);
        },
        (error) => {
          this.#options.log.warn({ err: error }, 'no new browser started; the old one goes on');
          running.drawn = 0;
        },
      )
      .finally(() => {
        this.#replacement = undefined;
      });
  }

  #end(running: Running): void {
    if (!this.#up.delete(running)) return;
    const ended = running.browser.stop().catch(() => running.browser.kill());
    this.#ending.add(ended);
    ended.finally(() => this.#ending.delete(ended));
  }

  /** The browser that runs, or a new one. */
  #browser(): Promise<Running> {
    if (this.#isStopping) return Promise.reject(stopping());
    this.#running ??= this.#start();
    return this.#running;
  }

  #start(): Promise<Running> {
    const { proxyServer, pageLimits, log } = this.#options;
    const starting = startBrowser(this.#found, proxyServer).then((browser): Running => {
      tellConfinement(browser, log);
      const contexts = new Contexts(browser, idleContexts, pageLimits);
      const running: Running = { browser, contexts, drawn: 0, isDrawing: false, isReplaced: false };
      this.#up.add(running);
      browser.cdp.closed.then(() => {
        this.#up.delete(running);
        if (this.#running === starting) this.#running = undefined;
        if (!this.#isStopping && !running.isReplaced)
          log.warn({ browserPid: browser.pid }, 'the browser is gone; the next card starts a new one');
      });
      return running;
    });
    starting.catch(() => {
      if (this.#running === starting) this.#running = undefined;
    });
    return starting;
  }

  /**
   * Whether the page or the browser it was drawn in crashed; a browser that runs but does not answer is ended, which is
   * the same. A command that was refused, not late, met a page that was just going.
   */
  async #isGone({ browser }: Running, error: CdpError): Promise<boolean> {
    if (error instanceof PageGone || !error.lost || browser.cdp.isClosed) return true;
    if (await isHealthy(browser, healthDeadline)) return false;
    browser.kill();
    await browser.cdp.closed;
    return true;
  }
}

function hung(error: CdpError): Problem {
  if (error instanceof PageGone)
    return new Problem('render-failed', 'The page crashed, and again when it was tried once more.');
  return new Problem('render-failed', error.lost ? 'The page did not let itself be drawn in time.' : error.message);
}
