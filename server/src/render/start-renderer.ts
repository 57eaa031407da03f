import { unpackFonts } from '../../../scripts/unpack-fonts.mjs';
import { Queue } from '../queue.ts';
import { milliseconds } from '../units.ts';
import { within } from '../within.ts';
import { type Browser, findBrowser } from './find-browser.ts';
import { Lane, type LaneOptions } from './lane.ts';
import { watchMemory } from './memory-watch.ts';
import type { Renderer, Rendering, RenderRequest } from './renderer.ts';

export interface RendererOptions extends LaneOptions {
  /** `OGPLUS_BROWSER`. */
  readonly browser: string | undefined;
  readonly renderers: number;
  readonly queueLimit: number;
  /** Bytes that the browsers may take together; without it, as many as they will. */
  readonly browserMemory?: number;
  /** Where the browser and the fonts that come with npm are unpacked, should `node_modules` not be writable. */
  readonly cacheDir?: string;
  /** A folder with fonts beside the system's and those that come with npm. */
  readonly fontsDir?: string;
}

// Drawings under way when the service stops get this long: most are done by then, and nobody waits longer for an exit.
const stopGrace = milliseconds(1000);

/** Starts drawing: finds the browser now, starts it in the background, restarts it whenever it is gone. */
export async function startRenderer(options: RendererOptions): Promise<Renderer> {
  const found = await findBrowser(options.browser, undefined, options.cacheDir);
  return new Lanes(await withFonts(found, options), options);
}

/** The browser with text for the whole world. macOS has its own; a browser elsewhere has what it was started with. */
async function withFonts(browser: Browser, { cacheDir, fontsDir }: RendererOptions): Promise<Browser> {
  if (browser.kind === 'remote' || process.platform !== 'linux') return browser;
  return { ...browser, fontconfig: await unpackFonts(cacheDir), ownFonts: fontsDir };
}

/** As many lanes as may draw at once. The first one starts ahead; another one when all that run are busy. */
class Lanes implements Renderer {
  readonly #queue: Queue;
  readonly #lanes: readonly [Lane, ...Lane[]];
  readonly #stopWatching: () => void;
  #stopping: Promise<void> | undefined;
  #started = 0;

  constructor(browser: Browser, options: RendererOptions) {
    const { renderers, queueLimit, browserMemory, log } = options;
    const first = new Lane(browser, options);
    this.#queue = new Queue(renderers, queueLimit);
    this.#lanes = [first, ...Array.from({ length: renderers - 1 }, () => new Lane(browser, options))];
    this.#stopWatching = watchMemory({
      limit: browserMemory,
      browsers: () => this.#lanes.flatMap((lane) => lane.browsers),
      onEnded: (what, { pid }, bytes) => {
        const facts = { browserPid: pid, megabytes: Math.round(bytes / 1e6) };
        log.warn(facts, `out of memory: the ${what} was ended`);
      },
    });
    first.warm();
  }

  get started(): number {
    return this.#started;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  render(request: RenderRequest): Promise<Rendering> {
    return this.#queue.run(() => {
      this.#started++;
      return this.#laneFor(request.partition).render(request);
    }, request);
  }

  check(): Promise<void> {
    return this.#lanes[0].check();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping ??= this.#stop();
    await this.#stopping;
  }

  /** The queue lets as many in as there are lanes, so that one is free. */
  #laneFor(partition: string): Lane {
    const free = this.#lanes.filter(({ isBusy }) => !isBusy);
    const found = free.find((lane) => lane.isWarmFor(partition)) ?? free.find(({ isStarted }) => isStarted) ?? free[0];
    return found ?? this.#lanes[0];
  }

  async #stop(): Promise<void> {
    this.#queue.stop();
    const grace = within(stopGrace, this.#queue.idle());
    await Promise.all(this.#lanes.map((lane) => lane.stop(grace)));
    this.#stopWatching();
  }
}
