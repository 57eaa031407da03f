import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../../model/log.ts';
import { Problem, stopping } from '../../../model/problem.ts';
import { type OwnProcess, type RunningBrowser, StartRefused, startBrowser } from '../browser.ts';
import type { Browser } from '../find-browser.ts';
import { type ConfinementLevel, confinementLevels, mendOf } from './confinement.ts';
import type { ControlGroups } from './control-groups.ts';
import { type StartsBrowser, startHere } from './started-browser.ts';
import { StartingThread } from './starting-thread.ts';

export interface StarterOptions {
  readonly proxyServer: string | undefined;
  /** Whether the browser may run as root without a sandbox if nothing better is possible. */
  readonly allowRoot: boolean;
  /** Undefined: the kernel limits each browser by its user alone. */
  readonly controlGroups?: ControlGroups | undefined;
  readonly log: Log;
}

// A start that was killed or timed out may succeed the next time.
const triesAtOnce = 3;
// A browser that exits twice as it starts is not allowed to run, or lacks something: once may be chance.
const refusalsToBelieve = 2;
const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Starts browsers, all with the same confinement. The first start finds out what the machine allows: containers often
 * forbid user namespaces, which the sandbox needs, and another user may not be able to read the browser's files. Later
 * failures, perhaps under an attack, are retried with the same confinement, never a weaker one.
 */
export class BrowserStarter {
  readonly #browser: Browser;
  readonly #options: StarterOptions;
  /** The confinement that the machine allows. */
  #level: ConfinementLevel | undefined;
  #finding: Promise<unknown> | undefined;
  /** Failed starts since the last successful one. */
  #failures = 0;
  readonly #stopping = new AbortController();
  readonly #thread = new StartingThread();
  #hasStarted = false;
  /** Processes of browsers that do not respond yet. */
  readonly starting = new Set<OwnProcess>();
  /** Why the last start failed; null once one succeeds. */
  failure: string | null = null;
  /** The browser that started last. */
  last: Pick<RunningBrowser, 'product' | 'pid' | 'sandboxed' | 'user'> | undefined;

  constructor(browser: Browser, options: StarterOptions) {
    this.#browser = browser;
    this.#options = options;
  }

  /** Rejects with a `Problem` if no browser can be started. */
  async start(): Promise<RunningBrowser> {
    while (this.#level === undefined && this.#finding !== undefined) await this.#finding.catch(() => {}); // its caller gets the error
    if (this.#level !== undefined || this.#browser.kind === 'remote') return this.#startAt(this.#level);
    const found = this.#find();
    this.#finding = found.finally(() => {
      this.#finding = undefined;
    });
    this.#finding.catch(() => {});
    return found;
  }

  async #find(): Promise<RunningBrowser> {
    const { allowRoot, log } = this.#options;
    const refused: string[] = [];
    for (const level of confinementLevels(allowRoot)) {
      try {
        const browser = await this.#startAt(level);
        this.#level = level;
        return browser;
      } catch (error) {
        if (!(error instanceof StartRefused)) throw error;
        refused.push(error.message);
      }
    }
    this.failure = refused[0] ?? 'it exited';
    log.warn({ refused, mend: mendOf(allowRoot) }, 'no browser can be started, so no card can be rendered');
    throw unavailable();
  }

  async #startAt(level: ConfinementLevel | undefined): Promise<RunningBrowser> {
    const { log } = this.#options;
    let refusals = 0;
    for (let tries = 1; ; tries++) {
      await this.#pause();
      try {
        const browser = await this.#startOne(level);
        this.#failures = 0;
        this.failure = null;
        const { product, pid, sandboxed, user } = browser;
        this.last = { product, pid, sandboxed, user };
        return browser;
      } catch (error) {
        if (error instanceof StartRefused && this.#level === undefined) {
          if (++refusals >= refusalsToBelieve) throw error;
          continue;
        }
        this.#failures++;
        if (tries < triesAtOnce && this.#browser.kind !== 'remote') continue;
        this.failure = error instanceof Error ? error.message : String(error);
        log.warn({ err: error }, 'the browser did not start; the next card tries again');
        throw unavailable();
      }
    }
  }

  async #startOne(level: ConfinementLevel | undefined): Promise<RunningBrowser> {
    const { proxyServer, controlGroups } = this.#options;
    let own: OwnProcess | undefined;
    const onProcess = (started: OwnProcess) => {
      own = started;
      this.starting.add(started);
    };
    const controlGroup = controlGroups?.place();
    const start = this.#nextStart();
    try {
      return await startBrowser(this.#browser, { start, proxyServer, level, controlGroup, onProcess });
    } finally {
      if (own !== undefined) this.starting.delete(own);
    }
  }

  /** The first starts with the service, before there are cards to send: one at rest does without the thread's memory. */
  #nextStart(): StartsBrowser {
    if (this.#hasStarted) return this.#thread.start;
    this.#hasStarted = true;
    return startHere;
  }

  /** Longer after each failed start. */
  async #pause(): Promise<void> {
    const ms = this.#failures === 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1));
    const { signal } = this.#stopping;
    if (ms > 0) await pause(ms, undefined, { signal }).catch(() => {});
    if (signal.aborted) throw stopping();
  }

  /** The program's path, or the address of a browser elsewhere, without what may be secret in it. */
  get place(): string {
    const browser = this.#browser;
    if (browser.kind === 'executable') return browser.path;
    const { protocol, host, pathname } = new URL(browser.url);
    return `${protocol}//${host}${pathname}`;
  }

  /** Starts no more browsers. */
  stop(): void {
    this.#stopping.abort();
    this.#thread.stop();
  }
}

function unavailable(): Problem {
  return new Problem('render-failed', 'No browser can be started; the log of the service says why.');
}
