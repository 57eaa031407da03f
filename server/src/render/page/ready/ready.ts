import { Problem } from '../../../model/problem.ts';
import { startTimeout } from '../../../model/timeout.ts';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { CdpError, PageGone } from '../../browser/cdp/cdp.ts';
import type { PreparedDocument } from '../../document/prepare-document.ts';
import { captureDeadline } from '../capture/capture.ts';
import { type Frames, ofAScreen } from '../clock/frames.ts';
import { runVirtualTime } from '../clock/run-virtual-time.ts';
import { stuckClock } from '../clock/stuck-clock.ts';
import type { VirtualTime } from '../clock/virtual-time.ts';
import type { Page } from '../page.ts';
import { DocumentLoad } from './document-load.ts';
import type { PageInspection } from './inspect-page.ts';
import { RequestTimeout } from './request-timeout.ts';
import { settleScript } from './settle.ts';

export interface Readiness extends PageInspection {
  /** False if the budget ended first. */
  readonly complete: boolean;
  /** URLs of requests that were not waited for. */
  readonly cut: readonly string[];
  /** If not complete: URLs of the requests that it still waited for. */
  readonly waitsFor: readonly string[];
}

export interface ReadyLimits {
  readonly budget: Milliseconds;
  /** How long an animated page runs before it is captured, by its own clock. */
  readonly virtualTimeBudget: Milliseconds;
}

// Unknown, and never kept.
const unfinished: PageInspection = {
  content: { hasText: true, hasPicture: true, isHidden: false, hasGround: true, isEmpty: false },
  selected: null,
  flat: false,
  mixed: true,
};

/**
 * Loads the document and waits until what is in view is loaded and at rest, or the budget ends.
 * @throws {Problem} `render-failed` if it cannot be loaded.
 * @throws {ClockStuck} if it can only be drawn by the machine's clock.
 */
export async function ready(page: Page, document: PreparedDocument, limits: ReadyLimits): Promise<Readiness> {
  const over = Promise.withResolvers<undefined>();
  using _ = startTimeout(limits.budget, () => over.resolve(undefined));
  const stopping = new AbortController();
  const load = new DocumentLoad(page);
  const requestTimeout = new RequestTimeout(page, load, document.body);
  const waiting = new Waiting({ page, document, limits, load, requestTimeout, signal: stopping.signal });
  const readyWith = (inspection: PageInspection | undefined): Readiness => {
    page.isNeutral = inspection !== undefined && !inspection.mixed;
    const isComplete = inspection !== undefined;
    const waitsFor = isComplete ? [] : page.traffic.open.map(({ url }) => url);
    return { ...(inspection ?? unfinished), complete: isComplete, cut: requestTimeout.cut, waitsFor };
  };
  try {
    const settling = waiting.settled();
    settling.catch(() => {}); // after the budget, later errors no longer matter
    const inspection = await Promise.race([settling, over.promise, page.gone]);
    const readiness = readyWith(inspection);
    if (!readiness.complete) page.send('Page.stopLoading', undefined).catch(() => {}); // the capture detects a dead page
    return readiness;
  } catch (error) {
    // A command outlasted the budget: the page may still be able to show what it has.
    if (error instanceof CdpError && error.lost && !(error instanceof PageGone)) return readyWith(undefined);
    throw error;
  } finally {
    stopping.abort();
    waiting.stop();
    load.stop();
  }
}

// Of the budget: the rest is for loading before, for requests meanwhile, and for the last steps.
const shareOfSteps = 0.4;

interface WaitingOptions {
  readonly page: Page;
  readonly document: PreparedDocument;
  readonly limits: ReadyLimits;
  readonly load: DocumentLoad;
  readonly requestTimeout: RequestTimeout;
  /** Aborts what is still running. */
  readonly signal: AbortSignal;
}

/** Waits for what one document shows. */
class Waiting {
  readonly #options: WaitingOptions;
  readonly #deadline: Milliseconds;
  readonly #selector: string | undefined;
  readonly #moves: boolean;
  #stopFrames = (): void => {};

  constructor(options: WaitingOptions) {
    const { document, limits } = options;
    this.#options = options;
    this.#moves = document.moves;
    this.#deadline = milliseconds(limits.budget + captureDeadline);
    this.#selector = document.mode === 'selector' ? document.options.selector : undefined;
  }

  stop(): void {
    this.#stopFrames();
  }

  async settled(): Promise<PageInspection> {
    const { page, load } = this.#options;
    const { frames } = page;
    if (frames !== undefined && (this.#moves || frames.time !== undefined)) {
      // The clock catches up first: otherwise the document would see its time leap.
      const clock = await page.startVirtualTime();
      const [inspection] = await Promise.all([this.#runVirtualTime(clock), this.#navigate()]);
      return inspection;
    }
    load.onDocument = () => {
      this.#stopFrames();
      this.#stopFrames = frames?.run({ interval: ofAScreen, display: false }) ?? this.#stopFrames;
    };
    const inspection = await this.#settledOrLate();
    if (inspection !== undefined) return inspection;
    this.#stopFrames();
    // Replacements for what did not load (another font) appear by the page's clock.
    return frames === undefined ? this.#settle(false) : this.#runVirtualTime(await page.startVirtualTime());
  }

  async #navigate(): Promise<void> {
    const { page, document, limits } = this.#options;
    const [url = ''] = document.url.split('#', 1);
    const { errorText } = await page.send('Page.navigate', { url }, limits.budget);
    if (errorText === undefined || errorText === 'net::ERR_ABORTED') return;
    throw new Problem('render-failed', `The page could not be loaded: ${errorText}.`);
  }

  /** A page that can change by itself runs under virtual time. */
  async #runVirtualTime([frames, time]: [Frames, VirtualTime]): Promise<PageInspection> {
    const { page, load, requestTimeout, limits, signal } = this.#options;
    const selector = this.#selector;
    const run = runVirtualTime({
      page,
      frames,
      time,
      load,
      requestTimeout,
      selector,
      isStatic: !this.#moves,
      virtualTimeBudget: limits.virtualTimeBudget,
      stepsTimeout: milliseconds(limits.budget * shareOfSteps),
      deadline: this.#deadline,
      signal,
    });
    return Promise.race([run, stuckClock(page, frames, signal)]);
  }

  /** A static page, or one without virtual time. Undefined if what it waits for does not arrive. */
  async #settledOrLate(): Promise<PageInspection | undefined> {
    const { requestTimeout, signal } = this.#options;
    const ended = new AbortController();
    const late = requestTimeout.expiry(AbortSignal.any([signal, ended.signal]));
    late.catch(() => {}); // it was ready before
    try {
      return await Promise.race([this.#settledInTime(), late]);
    } finally {
      ended.abort();
    }
  }

  async #settledInTime(): Promise<PageInspection> {
    const { page, load, signal } = this.#options;
    await this.#navigate();
    for (;;) {
      signal.throwIfAborted();
      await load.loaded;
      await page.traffic.quiet();
      const { documents } = page;
      const inspection = await this.#settle(true).catch(refused);
      const isSame = page.documents === documents && load.isLoaded;
      if (inspection !== undefined && isSame && page.traffic.isQuiet) return inspection;
    }
  }

  async #settle(waits: boolean): Promise<PageInspection> {
    const { page, load } = this.#options;
    const contextId = await load.world();
    const expression = settleScript({ selector: this.#selector, ends: true, waits });
    const params = { expression, contextId, awaitPromise: true, returnByValue: true };
    const settled = page.send('Runtime.evaluate', params, this.#deadline);
    // What iframes of other sites are about to show is unknown: they get the time of two frames.
    if (!page.hasIframes) page.frames?.skipPauses();
    return (await settled).result.value as PageInspection;
  }
}

/** Its document was replaced meanwhile. */
function refused(error: unknown): undefined {
  if (!(error instanceof CdpError) || error.lost) throw error;
}
