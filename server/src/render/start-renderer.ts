import { Failure } from '../errors.ts';
import { type Milliseconds, milliseconds } from '../units.ts';
import { isHealthy, type RunningBrowser, startBrowser } from './browser.ts';
import { CdpError } from './cdp.ts';
import { Contexts } from './contexts.ts';
import { draw } from './draw.ts';
import { type Browser, findBrowser } from './find-browser.ts';
import { Queue } from './queue.ts';
import type { Renderer, Rendering, RenderRequest } from './renderer.ts';

export interface RendererOptions {
  /** `OGPLUS_BROWSER`. */
  readonly browser: string | undefined;
  readonly renderers: number;
  readonly queueLimit: number;
  readonly budget: Milliseconds;
  readonly proxyServer: string | undefined;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}

// Idle contexts cost some 20 MB each; websites in use at a time are few.
const idleContexts = 8;
// A healthy browser answers within a few milliseconds, a loaded one within a second.
const healthDeadline = milliseconds(2000);

interface Running {
  readonly browser: RunningBrowser;
  readonly contexts: Contexts;
}

/** Starts drawing: finds the browser now, starts it in the background, restarts it whenever it is gone. */
export async function startRenderer(options: RendererOptions): Promise<Renderer> {
  const renderer = new BrowserRenderer(await findBrowser(options.browser), options);
  renderer.warm();
  return renderer;
}

class BrowserRenderer implements Renderer {
  readonly #found: Browser;
  readonly #options: RendererOptions;
  readonly #queue: Queue;
  #running: Promise<Running> | undefined;
  #stopped = false;
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
      try {
        return await this.#attempt(request);
      } catch (error) {
        if (this.#stopped) throw new Failure('stopping', 'The service is stopping.');
        if (!(error instanceof CdpError)) throw error;
        // Only a browser that went away gets a second try: a page that hangs would hang again.
        if (!(await this.#isGone())) throw hung(error);
      }
      try {
        return await this.#attempt(request);
      } catch (error) {
        throw error instanceof CdpError ? hung(error) : error;
      }
    }, request.signal);
  }

  async check(): Promise<void> {
    const { browser } = await this.#browser();
    if (!(await isHealthy(browser, healthDeadline))) throw new Error('The browser does not answer.');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#queue.stop();
    const running = await this.#running?.catch(() => undefined);
    await running?.browser.stop();
  }

  async #attempt(request: RenderRequest): Promise<Rendering> {
    const { contexts } = await this.#browser();
    return contexts.lend(request.partition, (page) => draw(page, request, this.#options.budget));
  }

  /** The browser that runs, or a new one. */
  #browser(): Promise<Running> {
    if (this.#stopped) return Promise.reject(new Failure('stopping', 'The service is stopping.'));
    this.#running ??= this.#start();
    return this.#running;
  }

  #start(): Promise<Running> {
    const { proxyServer, log } = this.#options;
    const starting = startBrowser(this.#found, proxyServer).then((browser): Running => {
      log.info({ pid: browser.pid, sandboxed: browser.sandboxed }, 'the browser is up');
      browser.cdp.closed.then(() => {
        if (this.#running === starting) this.#running = undefined;
        if (!this.#stopped) log.warn({ pid: browser.pid }, 'the browser is gone; the next card starts a new one');
      });
      return { browser, contexts: new Contexts(browser.cdp, idleContexts) };
    });
    starting.catch(() => {
      if (this.#running === starting) this.#running = undefined;
    });
    return starting;
  }

  /** Whether the browser crashed; one that runs but does not answer is ended, which is the same. */
  async #isGone(): Promise<boolean> {
    const running = await this.#running?.catch(() => undefined);
    if (running === undefined || running.browser.cdp.isClosed) return true;
    if (await isHealthy(running.browser, healthDeadline)) return false;
    running.browser.kill();
    await running.browser.cdp.closed;
    return true;
  }
}

function hung(error: CdpError): Failure {
  return new Failure('render-failed', error.lost ? 'The page did not let itself be drawn in time.' : error.message);
}
