import { unpackFonts } from '../../../scripts/unpack-fonts.mjs';
import { Failure } from '../errors.ts';
import { Queue } from '../queue.ts';
import { type Milliseconds, milliseconds } from '../units.ts';
import { isHealthy, type RunningBrowser, startBrowser } from './browser.ts';
import { CdpError, PageGone } from './cdp.ts';
import { tellConfinement } from './confinement.ts';
import type { PageLimits } from './context.ts';
import { Contexts } from './contexts.ts';
import { draw } from './draw.ts';
import { type Browser, findBrowser } from './find-browser.ts';
import { languageOf } from './language.ts';
import { watchMemory } from './memory-watch.ts';
import type { Page } from './page.ts';
import type { Renderer, Rendering, RenderRequest } from './renderer.ts';

export interface RendererLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface RendererOptions {
  /** `OGPLUS_BROWSER`. */
  readonly browser: string | undefined;
  readonly renderers: number;
  readonly queueLimit: number;
  readonly budget: Milliseconds;
  readonly proxyServer: string | undefined;
  /** What a page may take of the network; without it, what the browser's own proxy lets through. */
  readonly pageLimits?: PageLimits;
  /** Bytes that the browser may take; without it, as many as it will. */
  readonly browserMemory?: number;
  /** After so many a new browser takes the place of the old one. */
  readonly drawingsPerBrowser?: number;
  /** Where the browser and the fonts that come with npm are unpacked, should `node_modules` not be writable. */
  readonly cacheDir?: string;
  /** A folder with fonts beside the system's and those that come with npm. */
  readonly fontsDir?: string;
  readonly log: RendererLog;
}

// Idle contexts cost up to 130 MB each, with their warm page; websites in use at a time are few.
const idleContexts = 4;
// A healthy browser answers within a few milliseconds, a loaded one within a second.
const healthDeadline = milliseconds(2000);

// Drawings under way when the service stops get this long: most are done by then, and nobody waits longer for an exit.
const stopGrace = milliseconds(1000);

// Chromium's memory grows with the pages it has drawn; starting it again costs nobody anything, behind the drawings.
const defaultDrawings = 1000;

interface Running {
  readonly browser: RunningBrowser;
  readonly contexts: Contexts;
  /** Drawings that it was used for, and those that are under way. */
  drawn: number;
  active: number;
  /** Another one is in its place: it ends with its last drawing. */
  replaced: boolean;
}

/** Starts drawing: finds the browser now, starts it in the background, restarts it whenever it is gone. */
export async function startRenderer(options: RendererOptions): Promise<Renderer> {
  const found = await findBrowser(options.browser, undefined, options.cacheDir);
  const renderer = new BrowserRenderer(await withFonts(found, options), options);
  renderer.warm();
  return renderer;
}

/** The browser with text for the whole world. macOS has its own; a browser elsewhere has what it was started with. */
async function withFonts(browser: Browser, { cacheDir, fontsDir }: RendererOptions): Promise<Browser> {
  if (browser.kind === 'remote' || process.platform !== 'linux') return browser;
  return { ...browser, fontconfig: await unpackFonts(cacheDir), ownFonts: fontsDir };
}

class BrowserRenderer implements Renderer {
  readonly #found: Browser;
  readonly #options: RendererOptions;
  readonly #queue: Queue;
  #running: Promise<Running> | undefined;
  /** The browser that is to take the place of the one that runs, while it starts. */
  #replacement: Promise<Running> | undefined;
  /** Browsers whose last drawings are under way. */
  readonly #replaced = new Set<Running>();
  readonly #ending = new Set<Promise<void>>();
  #stopping: Promise<void> | undefined;
  #started = 0;

  constructor(found: Browser, options: RendererOptions) {
    this.#found = found;
    this.#options = options;
    this.#queue = new Queue(options.renderers, options.queueLimit);
  }

  get started(): number {
    return this.#started;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  warm(): void {
    this.#browser().catch((error) => this.#options.log.warn({ err: error }, 'the browser did not start'));
  }

  render(request: RenderRequest): Promise<Rendering> {
    return this.#queue.run(async () => {
      this.#started++;
      const first = await this.#browser().catch((error) => this.#refuse(error));
      try {
        return await this.#attempt(first, request);
      } catch (error) {
        // Only a page or browser that went away gets a second try: a page that hangs would hang again.
        if (this.#isStopping || !(error instanceof CdpError) || !(await this.#isGone(first, error)))
          this.#refuse(error);
        // A browser that ended tells of itself, once for all of its pages.
        if (!first.browser.cdp.isClosed) this.#options.log.warn({ website: request.partition }, 'a page crashed');
      }
      try {
        return await this.#attempt(await this.#browser(), request);
      } catch (error) {
        return this.#refuse(error);
      }
    }, request);
  }

  async check(): Promise<void> {
    const { browser } = await this.#browser();
    if (!(await isHealthy(browser, healthDeadline))) throw new Error('The browser does not answer.');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping ??= this.#stop();
    await this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#queue.stop();
    const running = await this.#running?.catch(() => undefined);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, stopGrace);
    await Promise.race([this.#queue.idle(), over]);
    clearTimeout(timer);
    const replacement = await this.#replacement?.catch(() => undefined);
    const left = new Set([running, replacement, ...this.#replaced]);
    await Promise.all([...[...left].map((one) => one?.browser.stop()), ...this.#ending]);
  }

  get #isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  async #attempt(running: Running, request: RenderRequest): Promise<Rendering> {
    running.drawn++;
    running.active++;
    try {
      const { partition, document } = request;
      const draws = (page: Page) => draw(page, request, this.#options.budget);
      return await running.contexts.lend(partition, languageOf(document.body), draws);
    } finally {
      running.active--;
      const isWorn = running.drawn >= (this.#options.drawingsPerBrowser ?? defaultDrawings);
      if (isWorn || running.replaced) this.#replace(running);
    }
  }

  /** Puts a new browser in the place of this one, which goes on until that one is up and its own drawings are done. */
  #replace(running: Running): void {
    if (running.replaced) {
      if (running.active === 0) this.#end(running);
      return;
    }
    const { pid, cdp } = running.browser;
    if (this.#replacement !== undefined || this.#isStopping || pid === null || cdp.isClosed) return;
    const next = this.#start();
    this.#replacement = next;
    next
      .then(
        () => {
          this.#running = next;
          running.replaced = true;
          this.#replaced.add(running);
          if (running.active === 0) this.#end(running);
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
    if (!this.#replaced.delete(running)) return;
    const ended = running.browser.stop().catch(() => running.browser.kill());
    this.#ending.add(ended);
    ended.finally(() => this.#ending.delete(ended));
  }

  /** The browser that runs, or a new one. */
  #browser(): Promise<Running> {
    if (this.#isStopping) return Promise.reject(new Failure('stopping', 'The service is stopping.'));
    this.#running ??= this.#start();
    return this.#running;
  }

  #start(): Promise<Running> {
    const { proxyServer, log } = this.#options;
    const starting = startBrowser(this.#found, proxyServer).then((browser): Running => {
      tellConfinement(browser, log);
      const contexts = new Contexts(browser.cdp, idleContexts, this.#options.pageLimits);
      const running: Running = { browser, contexts, drawn: 0, active: 0, replaced: false };
      this.#watch(running);
      browser.cdp.closed.then(() => {
        if (this.#running === starting) this.#running = undefined;
        if (!this.#isStopping && !running.replaced)
          log.warn({ browserPid: browser.pid }, 'the browser is gone; the next card starts a new one');
      });
      return running;
    });
    starting.catch(() => {
      if (this.#running === starting) this.#running = undefined;
    });
    return starting;
  }

  #watch(running: Running): void {
    const { browserMemory: limit, log } = this.#options;
    const { browser } = running;
    if (limit === undefined || browser.pid === null) return;
    watchMemory(browser, {
      limit,
      isDrawing: () => running.active > 0,
      onNearLimit: () => this.#replace(running),
      onEnded: (what, bytes) =>
        log.warn(
          { browserPid: browser.pid, megabytes: Math.round(bytes / 1e6) },
          `out of memory: the ${what} was ended`,
        ),
    });
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

  /** What is told to who asked for the card. */
  #refuse(error: unknown): never {
    if (this.#isStopping) throw new Failure('stopping', 'The service is stopping.');
    throw error instanceof CdpError ? hung(error) : error;
  }
}

function hung(error: CdpError): Failure {
  if (error instanceof PageGone)
    return new Failure('render-failed', 'The page crashed, and again when it was tried once more.');
  return new Failure('render-failed', error.lost ? 'The page did not let itself be drawn in time.' : error.message);
}
