import type { ReadsDocument } from '../../model/document.ts';
import type { Log } from '../../model/log.ts';
import { Problem, stopping } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { CdpError, PageGone } from '../browser/cdp/cdp.ts';
import { answers, opensPages } from '../browser/health.ts';
import type { BrowserStarter } from '../browser/process/browser-starter.ts';
import type { Watched } from '../browser/process/browser-watch.ts';
import { logConfinement } from '../browser/process/confinement.ts';
import { ClockStuck } from '../page/clock/stuck-clock.ts';
import { draw } from '../page/draw.ts';
import type { Page } from '../page/page.ts';
import type { RenderCost, Rendering, RenderRequest } from '../renderer.ts';
import type { Timeline } from '../timeline.ts';
import { Contexts } from './contexts.ts';
import { OutOfTime, withinDeadline } from './deadline.ts';
import type { PageLimits } from './page-limits.ts';
import { hasCrashed, type Running } from './running.ts';

export interface BrowserWorkerOptions {
  readonly budget: Milliseconds;
  /** How long an animated page runs before it is captured, by its own clock. */
  readonly virtualTimeBudget?: Milliseconds;
  /** The size limit of a document that a page redirects its reader to. */
  readonly maxDocumentBytes?: number;
  /** Reads the document that a page redirects its reader to; undefined if it cannot be read. */
  readonly read: ReadsDocument;
  /** A page's network limits; without them, only the browser's own proxy limits it. */
  readonly pageLimits?: PageLimits;
  /** After this many renders a new browser replaces the old one. */
  readonly rendersPerBrowser?: number;
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
  readonly log: Log;
}

// An idle context costs up to 130 MB with its warm page; few websites are active at a time.
const idleContexts = 3;
// A healthy browser opens a page within a tenth of a second, under load within a second or two.
const healthDeadline = milliseconds(3000);
// Besides the budget, for everything before the page is loaded and after: preparing the page, capturing one that computes,
// encoding.
const grace = milliseconds(5000);
// A retried page has the time that the first attempt left, and at least what a plain page needs.
const leastBudget = milliseconds(2000);
// A crash may be the page's fault; after this many in a row, a new browser costs less than finding out.
const failuresInARow = 3;
const failedChecksInARow = 2;
// Chromium's memory grows with the pages it has rendered; replacing it in the background costs nobody anything.
const defaultRenders = 1000;

// Nearly everything that a page does by itself is over then.
const defaultVirtualTimeBudget = milliseconds(5000);
// The default size limit of fetched documents.
const defaultMaxDocumentBytes = 10_000_000;

/**
 * Renders one page after the other in a browser of its own, started with the first and again whenever it exits. One at a
 * time, because Chromium runs one frame at a time across all its pages: a page that computes would block the others.
 */
export class BrowserWorker {
  readonly #starter: BrowserStarter;
  readonly #options: BrowserWorkerOptions;
  #running: Promise<Running> | undefined;
  /** The browser that will replace the running one, while it starts. */
  #replacement: Promise<Running> | undefined;
  /** All running browsers. */
  readonly #up = new Set<Running>();
  readonly #ending = new Set<Promise<void>>();
  #isStopping = false;
  #isBusy = false;
  #isResting = false;
  #lastWork: number;
  readonly #now: () => number;
  #failedChecks = 0;
  /** Browsers that ended without being told to. */
  exits = 0;
  /** What its renders took since it was told last. */
  #cost = { time: 0, bytes: 0 };

  constructor(starter: BrowserStarter, options: BrowserWorkerOptions) {
    this.#starter = starter;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#lastWork = this.#now();
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isStarted(): boolean {
    return this.#running !== undefined;
  }

  /** Milliseconds of the monotonic clock: when its last render ended. */
  get lastWork(): number {
    return this.#lastWork;
  }

  /** Ends its browser, which has had no work for long. The next render starts another; until then it counts as well. */
  rest(): void {
    if (this.#isBusy || this.#running === undefined || this.#replacement !== undefined || this.#isStopping) return;
    const running = [...this.#up].find(({ isReplaced }) => !isReplaced);
    // One that starts, cleans up or runs elsewhere is left alone.
    if (running === undefined || running.contexts.isClearing || running.browser.pid === null) return;
    this.#running = undefined;
    this.#isResting = true;
    running.isReplaced = true;
    this.#end(running);
    this.#options.log.info({ ended: running.browser.pid }, 'the browser had no work and was ended');
  }

  /** Resolves when what its last render left behind is cleared. */
  async cleared(): Promise<void> {
    await Promise.all([...this.#up].map(({ contexts }) => contexts.cleared()));
  }

  /** What its renders took since the last call; undefined where no browser was occupied. */
  takeCost(): RenderCost | undefined {
    const { time, bytes } = this.#cost;
    this.#cost = { time: 0, bytes: 0 };
    return time > 0 ? { time: milliseconds(time), bytes } : undefined;
  }

  /** Whether it keeps a context of the website. */
  isWarmFor(partition: string): boolean {
    return [...this.#up].some(({ contexts, isReplaced }) => !isReplaced && contexts.keeps(partition));
  }

  /** Its browsers: the one that renders, and briefly its replacement. */
  get browsers(): readonly Watched[] {
    return [...this.#up].map((running) => ({
      browser: running.browser,
      isBusy: running.isRendering || running.contexts.isClearing,
      onNearLimit: () => this.#replace(running),
      onEnded: (why) => {
        running.endedFor = why;
      },
    }));
  }

  warm(): void {
    this.#browser().catch(() => {}); // the log says why it did not start
  }

  /** Rejects like `Renderer.render`. Not to be called while it is busy. */
  async render(request: RenderRequest, timeline: Timeline): Promise<Rendering> {
    this.#isBusy = true;
    this.#isResting = false;
    try {
      return await this.#drawUntilDone(request, timeline);
    } catch (error) {
      if (this.#isStopping) throw stopping();
      throw error instanceof CdpError ? hung(error) : error;
    } finally {
      this.#isBusy = false;
      this.#lastWork = this.#now();
    }
  }

  /** Rejects if its browser opens no page; after two failures in a row, the browser is replaced. */
  async check(): Promise<void> {
    if (this.#isResting) return;
    const running = await this.#browser();
    const { browser } = running;
    const isWell = running.isRendering
      ? await answers(browser, healthDeadline) // the render has its own deadline
      : await opensPages(browser, healthDeadline);
    if (isWell) {
      this.#failedChecks = 0;
      return;
    }
    if (running.isReplaced || browser.cdp.isClosed) return this.check(); // it exited meanwhile
    if (++this.#failedChecks >= failedChecksInARow && !running.isRendering) this.#giveUp(running, 'it opens no page');
    throw new Error('The browser cannot open a page.');
  }

  /** Takes no more renders; ends running ones and its browsers once `grace` is over. */
  async stop(grace: Promise<unknown>): Promise<void> {
    this.#isStopping = true;
    await Promise.allSettled([this.#running, this.#replacement]);
    await grace;
    await Promise.all([...[...this.#up].map(({ browser }) => browser.stop()), ...this.#ending]);
  }

  /** Draws it again, as long as there is time, where its page or browser ended by no fault of its own; once where it crashed itself. */
  async #drawUntilDone(request: RenderRequest, timeline: Timeline): Promise<Rendering> {
    let end: number | undefined;
    for (let lost = 0, crashes = 0; ; lost++) {
      const running = await this.#browser();
      const started = performance.now();
      end ??= started + this.#options.budget + grace;
      timeline.mark(`is drawn by browser ${running.browser.pid}`);
      let isExcused = false;
      try {
        return await this.#attempt(running, request, lost === 0 ? end : Math.max(end, started + leastBudget + grace));
      } catch (error) {
        timeline.mark(`failed: ${error instanceof Error ? error.message : error}`);
        if (!(await this.#mayDrawAgain(running, request, error))) throw error;
        const isOwnFault = hasCrashed(running, error);
        if (isOwnFault && ++crashes > 1) throw error;
        if (lost > 0 && performance.now() >= end) throw error;
        isExcused = !isOwnFault && lost === 0; // a page that ends its browser each time answers for the others
      } finally {
        if (!isExcused) timeline.ownTime += performance.now() - started;
      }
    }
  }

  /** Only after a page or browser that ended: a page that hangs would hang again. */
  async #mayDrawAgain(running: Running, { partition }: RenderRequest, error: unknown): Promise<boolean> {
    if (error instanceof OutOfTime) {
      this.#options.log.warn({ website: partition }, 'page timed out: its browser was killed');
      await running.browser.cdp.closed;
      if (!this.#isStopping) this.warm();
    }
    if (this.#isStopping || !(error instanceof CdpError) || !(await this.#isGone(running, error))) return false;
    // A browser that exited is logged elsewhere.
    if (!running.browser.cdp.isClosed) this.#options.log.warn({ website: partition }, 'page crashed');
    return true;
  }

  /** Where the page's clock cannot be advanced, it is drawn by the machine's. @param end on `performance.now()`'s clock. */
  async #attempt(running: Running, request: RenderRequest, end: number): Promise<Rendering> {
    try {
      return await this.#draw(running, request, end - performance.now());
    } catch (error) {
      if (!(error instanceof ClockStuck)) throw error;
      return this.#draw(running, request, end - performance.now(), true);
    }
  }

  /**
   * @param time in milliseconds for all of it: from lending the page until its picture is there.
   * @param byOwnClock in a page that renders frames on its own.
   */
  async #draw(running: Running, request: RenderRequest, time: number, byOwnClock = false): Promise<Rendering> {
    running.drawn++;
    running.isRendering = true;
    running.hasPage = false;
    running.endedFor = undefined;
    const started = performance.now();
    try {
      const { partition, document } = request;
      const {
        virtualTimeBudget = defaultVirtualTimeBudget,
        maxDocumentBytes = defaultMaxDocumentBytes,
        read,
      } = this.#options;
      const budget = milliseconds(Math.max(0, time - grace));
      const draws = async (page: Page, loaded: () => number) => {
        running.hasPage = true;
        try {
          return await draw(page, request, { budget, virtualTimeBudget, maxDocumentBytes, read });
        } finally {
          this.#cost.bytes += loaded();
        }
      };
      const lent = byOwnClock
        ? running.contexts.lendByOwnClock(document.language, draws)
        : running.contexts.lend(partition, document.language, draws);
      const rendering = await withinDeadline(running.browser, milliseconds(time), lent);
      running.failures = 0;
      if (!rendering.complete) running.proven = this.#prove(running);
      return rendering;
    } finally {
      this.#cost.time += performance.now() - started;
      running.isRendering = false;
      const isWorn = running.drawn >= (this.#options.rendersPerBrowser ?? defaultRenders);
      if (running.isReplaced) this.#end(running);
      else if (isWorn) this.#replace(running);
    }
  }

  /** Checks whether a browser still works after its page was cut off: the page may have left something that computes. */
  async #prove(running: Running): Promise<void> {
    if (await opensPages(running.browser, healthDeadline)) return;
    this.#giveUp(running, 'it opens no page');
    await running.browser.cdp.closed;
  }

  #giveUp({ browser }: Running, why: string): void {
    if (browser.cdp.isClosed) return;
    this.#options.log.warn({ browserPid: browser.pid, why }, 'browser killed');
    browser.kill();
  }

  /** Replaces this browser by a new one; it is used until that one runs and its own render is done. */
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
          if (!running.isRendering) this.#end(running);
        },
        (error) => {
          this.#options.log.warn({ err: error }, 'no new browser started; the old one is kept');
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

  /** The running browser, or a new one. */
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
      logConfinement(browser, log);
      const contexts = new Contexts(browser, idleContexts, pageLimits);
      const proven = Promise.resolve();
      const running: Running = {
        browser,
        contexts,
        proven,
        drawn: 0,
        failures: 0,
        hasPage: false,
        endedFor: undefined,
        isRendering: false,
        isReplaced: false,
      };
      this.#up.add(running);
      browser.cdp.closed.then(() => {
        this.#up.delete(running);
        if (this.#running === starting) this.#running = undefined;
        if (this.#isStopping || running.isReplaced) return;
        this.exits++;
        log.warn({ browserPid: browser.pid }, 'browser exited; the next card starts a new one');
      });
      return running;
    });
    starting.catch(() => {
      if (this.#running === starting) this.#running = undefined;
    });
    return starting;
  }

  /**
   * Whether the page or its browser crashed; a browser that no longer opens pages is killed, which counts as a crash. A
   * command that was refused, not late, met a page that was just closing.
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
    return new Problem('render-failed', 'The page or its browser crashed each time it was drawn.');
  return new Problem('render-failed', error.lost ? 'The page could not be drawn in time.' : error.message);
}
