import type { ReadsDocument } from '../../model/document.ts';
import type { Log } from '../../model/log.ts';
import { Problem, stopping } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from '../browser/browser.ts';
import type { BrowserStarter } from '../browser/browser-starter.ts';
import type { Watched } from '../browser/browser-watch.ts';
import { CdpError, PageGone } from '../browser/cdp.ts';
import { tellConfinement } from '../browser/confinement.ts';
import { answers, opensPages } from '../browser/health.ts';
import { draw } from '../page/draw.ts';
import type { Page } from '../page/page.ts';
import type { Rendering, RenderRequest } from '../renderer.ts';
import { Contexts } from './contexts.ts';
import { OutOfTime, withinDeadline } from './deadline.ts';
import type { PageLimits } from './page-limits.ts';

export interface BrowserWorkerOptions {
  readonly budget: Milliseconds;
  /** What a page that moves lives before it is drawn, by its own clock. */
  readonly pageLife?: Milliseconds;
  /** Reads what a page that sends its reader on leads to, as the page itself was read; undefined where it cannot be read. */
  readonly read: ReadsDocument;
  /** What a page may take of the network; without it, what the browser's own proxy lets through. */
  readonly pageLimits?: PageLimits;
  /** After so many a new browser takes the place of the old one. */
  readonly drawingsPerBrowser?: number;
  readonly log: Log;
}

// Idle contexts cost up to 130 MB each, with their warm page; websites in use at a time are few.
const idleContexts = 3;
// A healthy browser opens a page within a tenth of a second, a loaded one within a second or two.
const healthDeadline = milliseconds(3000);
// Beside the budget, for what comes before the page is loaded and after: making the page ready, the capture of one that
// computes, the encoding.
const grace = milliseconds(5000);
// A page that is tried again has what the first try left, and as much as a plain page needs at least.
const leastBudget = milliseconds(2000);
// A page that crashes may be at fault; after so many of different drawings in a row a new browser costs less than to find out.
const failuresInARow = 3;
const failedChecksInARow = 2;
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
  /** Drawings in a row that came to nothing. */
  failures: number;
  /** Resolves once it is known whether it draws on after a page that did not end in time; it is ended where it does not. */
  proven: Promise<void>;
  /** Another one is in its place: it ends with its last drawing. */
  isReplaced: boolean;
}

/**
 * Draws one page after the other in a browser of its own, which starts with the first one and again whenever it is gone.
 * One at a time, because Chromium has one frame under way in all of its pages together: where a page of another drawing
 * computed, this one would wait for it.
 */
export class BrowserWorker {
  readonly #starter: BrowserStarter;
  readonly #options: BrowserWorkerOptions;
  #running: Promise<Running> | undefined;
  /** The browser that is to take the place of the one that runs, while it starts. */
  #replacement: Promise<Running> | undefined;
  /** All that are up. */
  readonly #up = new Set<Running>();
  readonly #ending = new Set<Promise<void>>();
  #isStopping = false;
  #isBusy = false;
  #failedChecks = 0;

  constructor(starter: BrowserStarter, options: BrowserWorkerOptions) {
    this.#starter = starter;
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
      isBusy: running.isDrawing || running.contexts.isClearing,
      onNearLimit: () => this.#replace(running),
    }));
  }

  warm(): void {
    this.#browser().catch(() => {}); // the log says why it did not start
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

  /** Rejects where its browser opens no page; does so twice in a row, and another one takes its place. */
  async check(): Promise<void> {
    const running = await this.#browser();
    const { browser } = running;
    const isWell = running.isDrawing
      ? await answers(browser, healthDeadline) // the drawing has a deadline of its own
      : await opensPages(browser, healthDeadline);
    if (isWell) {
      this.#failedChecks = 0;
      return;
    }
    if (running.isReplaced || browser.cdp.isClosed) return this.check(); // it ended meanwhile
    if (++this.#failedChecks >= failedChecksInARow && !running.isDrawing) this.#giveUp(running, 'it opens no page');
    throw new Error('The browser opens no page.');
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
    const time = this.#options.budget + grace;
    const end = performance.now() + time;
    try {
      return await this.#attempt(first, request, time);
    } catch (error) {
      if (error instanceof OutOfTime) {
        this.#options.log.warn({ website: request.partition }, 'a page took all of its time: its browser was ended');
        await first.browser.cdp.closed;
        if (!this.#isStopping) this.warm();
      }
      // Only a page or browser that went away gets a second try: a page that hangs would hang again.
      if (this.#isStopping || !(error instanceof CdpError) || !(await this.#isGone(first, error))) throw error;
      // A browser that ended tells of itself.
      if (!first.browser.cdp.isClosed) this.#options.log.warn({ website: request.partition }, 'a page crashed');
    }
    const left = Math.max(end - performance.now(), leastBudget + grace);
    return this.#attempt(await this.#browser(), request, left);
  }

  /** @param time for all of it, in milliseconds: from the moment that a page is lent until its picture is there. */
  async #attempt(running: Running, request: RenderRequest, time: number): Promise<Rendering> {
    running.drawn++;
    running.isDrawing = true;
    try {
      const { partition, document } = request;
      const { pageLife: lived = defaultLife, read } = this.#options;
      const budget = milliseconds(time - grace);
      const draws = (page: Page) => draw(page, request, { budget, lived, read });
      const lent = running.contexts.lend(partition, document.language, draws);
      const rendering = await withinDeadline(running.browser, milliseconds(time), lent);
      running.failures = 0;
      if (!rendering.complete) running.proven = this.#prove(running);
      return rendering;
    } finally {
      running.isDrawing = false;
      const isWorn = running.drawn >= (this.#options.drawingsPerBrowser ?? defaultDrawings);
      if (running.isReplaced) this.#end(running);
      else if (isWorn) this.#replace(running);
    }
  }

  /** Looks whether a browser whose page was cut off in the middle draws on: the page may have left something that computes. */
  async #prove(running: Running): Promise<void> {
    if (await opensPages(running.browser, healthDeadline)) return;
    this.#giveUp(running, 'it opens no page');
    await running.browser.cdp.closed;
  }

  #giveUp({ browser }: Running, why: string): void {
    if (browser.cdp.isClosed) return;
    this.#options.log.warn({ browserPid: browser.pid, why }, 'the browser is ended');
    browser.kill();
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
  async #browser(): Promise<Running> {
    if (this.#isStopping) throw stopping();
    this.#running ??= this.#start();
    const running = await this.#running;
    await running.proven;
    return running.browser.cdp.isClosed ? this.#browser() : running;
  }

  #start(): Promise<Running> {
    const { pageLimits, log } = this.#options;
    const starting = this.#starter.start().then((browser): Running => {
      tellConfinement(browser, log);
      const contexts = new Contexts(browser, idleContexts, pageLimits);
      const proven = Promise.resolve();
      const running: Running = {
        browser,
        contexts,
        proven,
        drawn: 0,
        failures: 0,
        isDrawing: false,
        isReplaced: false,
      };
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
   * Whether the page or the browser it was drawn in crashed; a browser that opens no page any more is ended, which is the
   * same. A command that was refused, not late, met a page that was just going.
   */
  async #isGone(running: Running, error: CdpError): Promise<boolean> {
    const { browser } = running;
    if (!browser.cdp.isClosed && !(await opensPages(browser, healthDeadline))) {
      this.#giveUp(running, 'it opens no page');
      await browser.cdp.closed;
    }
    if (browser.cdp.isClosed) return true;
    if (++running.failures >= failuresInARow) this.#replace(running);
    return error instanceof PageGone || !error.lost;
  }
}

function hung(error: CdpError): Problem {
  if (error instanceof PageGone)
    return new Problem('render-failed', 'The page crashed, and again when it was tried once more.');
  return new Problem('render-failed', error.lost ? 'The page did not let itself be drawn in time.' : error.message);
}
