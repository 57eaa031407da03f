import { Queue } from '../concurrency/queue.ts';
import { resultWithin } from '../concurrency/result-within.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import type { Log } from '../model/log.ts';
import { systemTimers, type Timers } from '../model/timers.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import { type Browser, findBrowser } from './browser/find-browser.ts';
import { readyFonts } from './browser/fonts.ts';
import { BrowserStarter } from './browser/process/browser-starter.ts';
import { type BrowserWatch, type Watched, watchBrowsers } from './browser/process/browser-watch.ts';
import { ControlGroups } from './browser/process/control-groups.ts';
import { mostTasksOfBrowser } from './browser/process/spawn-browser.ts';
import { cachePlaces } from './browser/whole-folder.ts';
import type { BrowserStatus, RenderCost, Renderer, RendererStatus, Rendering, RenderRequest } from './renderer.ts';
import { Timeline } from './timeline.ts';
import { BrowserWorker, type BrowserWorkerOptions } from './workers/browser-worker.ts';

export interface RendererOptions extends BrowserWorkerOptions {
  /** `OGPLUS_BROWSER`. */
  readonly browser: string | undefined;
  readonly proxyServer: string | undefined;
  /** `OGPLUS_ALLOW_ROOT_BROWSER`. */
  readonly allowRoot?: boolean;
  /** `OGPLUS_CONTROL_GROUP`: whether the service's control group is its own, so that it may limit browsers in groups below. */
  readonly ownControlGroup?: boolean;
  readonly renderers: number;
  readonly queueLimit: number;
  /** Memory limit of all browsers together, in bytes; without it, no limit. */
  readonly browserMemory?: number;
  /** After this long without a render, the last browser is ended too; null: never. The others end after some minutes. */
  readonly browserIdle?: Milliseconds | null;
  /** Called after each render that occupied a browser, with its partition. */
  readonly onRendered?: (partition: string, cost: RenderCost) => void;
  /** For running renders when it stops; a second by default. */
  readonly stopGrace?: Milliseconds;
  /** The system's by default. */
  readonly timers?: Timers;
  /** Where the bundled browser and fonts are unpacked if `node_modules` is not writable. */
  readonly cacheDir?: string;
  /** A folder with fonts besides the system's and the bundled ones. */
  readonly fontsDir?: string;
}

// Grace for running renders when the service stops: most are done by then, and nobody waits longer for an exit.
const defaultStopGrace = milliseconds(1000);
// A browser takes some 100 MB, and a quarter of a second to start.
const othersIdle = milliseconds(5 * 60_000);
const lookForIdleEvery = milliseconds(30_000);
// A plain page takes some 100 ms, a heavy one two or three seconds: the log says what a longer one went through.
const slow = milliseconds(5000);

/** Finds the browser now, starts it in the background, and restarts it whenever it exits. */
export async function startRenderer(options: RendererOptions): Promise<Renderer> {
  const found = await findBrowser(options.browser, { cacheDir: options.cacheDir });
  return new BrowserWorkers(await withFonts(found, options), options);
}

/** Adds the bundled fonts. macOS has its own; a remote browser has those of its machine. */
async function withFonts(browser: Browser, { cacheDir, fontsDir }: RendererOptions): Promise<Browser> {
  if (browser.kind === 'remote' || process.platform !== 'linux') return browser;
  return { ...browser, fontconfig: await readyFonts(cachePlaces(cacheDir)), ownFonts: fontsDir };
}

function openControlGroups(memory: number | undefined, log: Log): ControlGroups | undefined {
  const groups = ControlGroups.open({ memory, tasks: mostTasksOfBrowser });
  if (groups instanceof ControlGroups) {
    log.info({ memory, tasks: mostTasksOfBrowser }, 'the kernel limits the browsers, in control groups');
    return groups;
  }
  const mend =
    'give the service a control group of its own (Delegate=memory pids of systemd), or unset OGPLUS_CONTROL_GROUP';
  log.warn({ refused: groups.refused, mend }, 'the browsers have no control groups: the service alone limits them');
  return undefined;
}

/** One worker per concurrent render. The first starts ahead, others when all running ones are busy. One that is there besides, for a slow page, ends with its render. */
class BrowserWorkers implements Renderer {
  readonly #starter: BrowserStarter;
  readonly #queue: Queue;
  readonly #workers: readonly [BrowserWorker, ...BrowserWorker[]];
  readonly #options: RendererOptions;
  readonly #watch: BrowserWatch;
  readonly #looking: Disposable;
  readonly #checks = new SingleFlight<void>();
  #stopping: Promise<void> | undefined;
  #started = 0;

  constructor(browser: Browser, options: RendererOptions) {
    const { renderers, queueLimit, browserMemory, proxyServer, allowRoot = false, log } = options;
    this.#options = options;
    const controlGroups = options.ownControlGroup === true ? openControlGroups(browserMemory, log) : undefined;
    this.#starter = new BrowserStarter(browser, { proxyServer, allowRoot, controlGroups, log });
    const first = new BrowserWorker(this.#starter, options);
    this.#queue = new Queue(renderers, queueLimit);
    const others = this.#queue.most - 1;
    this.#workers = [first, ...Array.from({ length: others }, () => new BrowserWorker(this.#starter, options))];
    this.#watch = watchBrowsers({
      limit: browserMemory,
      browsers: () => [...this.#workers.flatMap((worker) => worker.browsers), ...this.#startingBrowsers()],
      onEnded: ({ what, why, browser: { pid }, bytes }) => {
        const facts = { browserPid: pid, megabytes: Math.round(bytes / 1e6) };
        log.warn(facts, `${why}: the ${what} was ended`);
      },
    });
    const { browserIdle = null, timers = systemTimers, now = () => performance.now() } = options;
    this.#looking = timers.every(lookForIdleEvery, () => this.#rest(now(), browserIdle));
    first.warm();
  }

  get started(): number {
    return this.#started;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  get status(): RendererStatus {
    const { renderers: places, queueLimit } = this.#options;
    const { waiting, running: drawing } = this.#queue;
    return { places, drawing, waiting, queueLimit, started: this.#started, browser: this.#browserStatus() };
  }

  async render(request: RenderRequest): Promise<Rendering> {
    const { partition } = request;
    const timeline = new Timeline();
    const work = async () => {
      this.#started++;
      timeline.mark('has a place');
      const worker = this.#workerFor(partition);
      try {
        return await worker.render(request, timeline);
      } finally {
        const cost = worker.takeCost();
        if (cost !== undefined) this.#options.onRendered?.(partition, cost);
        void worker.cleared().then(() => this.#restExtra(worker));
      }
    };
    try {
      return await this.#queue.run(work, { ...request, ownTime: () => timeline.ownTime });
    } finally {
      this.#report(request, timeline);
    }
  }

  #restExtra(worker: BrowserWorker): void {
    const started = this.#workers.filter(({ isStarted }) => isStarted).length;
    if (started > this.#options.renderers) worker.rest();
  }

  #report({ partition, document: { url } }: RenderRequest, timeline: Timeline): void {
    const { marks, milliseconds: took } = timeline;
    if (took < slow) return;
    const page = new URL(url).pathname; // what a query names may be secret
    this.#options.log.info(
      { website: partition, page, milliseconds: Math.round(took), timeline: marks },
      'slow render',
    );
  }

  /** One that is stopped before it responds would hold its card until the start's deadline. */
  #startingBrowsers(): Watched[] {
    const nothing = () => {};
    return [...this.#starter.starting].map((browser) => ({
      browser,
      isBusy: true,
      onNearLimit: nothing,
      onEnded: nothing,
    }));
  }

  #browserStatus(): BrowserStatus {
    const running = this.#workers.reduce((sum, { browsers }) => sum + browsers.length, 0);
    const { failure, place, last } = this.#starter;
    const isHere = last?.pid !== null;
    return {
      state: running > 0 ? 'running' : failure === null ? 'resting' : 'failing',
      failure: running > 0 ? null : failure,
      product: last?.product ?? null,
      place,
      running,
      exits: this.#workers.reduce((sum, { exits }) => sum + exits, 0),
      sandboxed: isHere ? (last?.sandboxed ?? null) : null,
      asRoot: isHere && last !== undefined && last.user === undefined && process.getuid?.() === 0,
      memory: isHere ? this.#watch.bytes : null,
      memoryLimit: isHere ? (this.#options.browserMemory ?? null) : null,
    };
  }

  /** Rejects if no started browser opens a page. Concurrent calls share one check. */
  check(): Promise<void> {
    return this.#checks.run('', () => this.#check()).result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping ??= this.#stop();
    await this.#stopping;
  }

  /** Ends browsers that had no work for long. The one that worked last stays longer: the next card is drawn at once. */
  #rest(now: number, browserIdle: Milliseconds | null): void {
    const [last, ...others] = this.#workers
      .filter(({ isStarted }) => isStarted)
      .toSorted((a, b) => b.lastWork - a.lastWork);
    for (const worker of others) if (now - worker.lastWork >= othersIdle) worker.rest();
    if (last !== undefined && browserIdle !== null && now - last.lastWork >= browserIdle) last.rest();
  }

  /** The queue admits as many requests as there are workers, so one is free. */
  #workerFor(partition: string): BrowserWorker {
    const free = this.#workers.filter(({ isBusy }) => !isBusy);
    const found =
      free.find((worker) => worker.isWarmFor(partition)) ?? free.find(({ isStarted }) => isStarted) ?? free[0];
    return found ?? this.#workers[0];
  }

  async #check(): Promise<void> {
    const started = this.#workers.filter(({ isStarted }) => isStarted);
    const checks = (started.length > 0 ? started : this.#workers.slice(0, 1)).map((worker) => worker.check());
    const results = await Promise.allSettled(checks);
    if (results.some(({ status }) => status === 'fulfilled')) return;
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #stop(): Promise<void> {
    this.#queue.stop();
    this.#starter.stop();
    this.#looking[Symbol.dispose]();
    const { stopGrace = defaultStopGrace } = this.#options;
    const grace = resultWithin(stopGrace, this.#queue.idle());
    await Promise.all(this.#workers.map((worker) => worker.stop(grace)));
    this.#watch.stop();
  }
}
