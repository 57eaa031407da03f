import type { Protocol } from 'devtools-protocol';
import { startTimeout } from '../../model/timeout.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from '../browser/browser.ts';
import { type Base64Parameter, type Cdp, PageGone } from '../browser/cdp/cdp.ts';
import { Frames } from './clock/frames.ts';
import { runIdleCallbacksScript } from './clock/idle-callbacks.ts';
import { observeActivityScript } from './clock/observe-activity.ts';
import { VirtualTime } from './clock/virtual-time.ts';
import { makeNoSpeculationRulesScript } from './drop-speculation-rules.ts';
import { keepAttributeScript } from './keep-attribute.ts';
import { icons, patternOf, prefetches, refuse } from './refuse-requests.ts';
import { Traffic } from './traffic.ts';
import type { Viewport } from './viewport.ts';
import { Workers } from './workers.ts';

// Commands that only change the browser's own state take milliseconds; beyond this they never return.
const commandDeadline = milliseconds(5000);

// Enough for the code of nearly every page, which is searched once; pictures and videos are not worth the memory.
const keptBodies = { maxTotalBufferSize: 10_000_000, maxResourceBufferSize: 2_000_000 };

// Blanking takes a few milliseconds; a page that is still busy then is closed and replaced.
const renewDeadline = milliseconds(500);
// A replaced document keeps its picture's 12 MB until memory is freed, which takes 10 ms of a core.
const rendersPerCleaning = 4;
// Whatever is left in the process then goes with it.
const mostRenders = 50;

const documents: Protocol.Fetch.RequestPattern = {
  urlPattern: '*',
  resourceType: 'Document',
  requestStage: 'Request',
};

// Chromium's word for a process that was killed with SIGKILL; others ended by themselves.
const killed = 'killed';

const leastTime = milliseconds(1);

// Runs before each document's scripts: the tab's own state is all that survives its documents.
const forgetTab = `try { window.name = ''; sessionStorage.clear(); } catch {}`;
const inEachDocument = `${forgetTab} ${keepAttributeScript}`;
const inEachPageWorld = `${makeNoSpeculationRulesScript}; ${observeActivityScript}`;
const underVirtualTime = `${inEachPageWorld}; ${runIdleCallbacksScript}`;

// Uses the two default fonts that most pages need.
const warmUp = 'text<p style="font-family: sans-serif">text';

// An isolated world that the page's scripts cannot reach. The name makes it the same one in each document: otherwise all
// worlds so far would be created again in every document, at a millisecond each.
const ownWorld = 'ogplus';

/**
 * A page made ready before its render: blank, watched, and without anything of another page. Used once; then it is closed,
 * or blanked for one more render of the same website, with a warm process and fonts.
 */
export class Page {
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #targetId: string;
  /** Earlier renders in this page. */
  readonly #renders: number;
  /** Scripts that run in each document. */
  readonly #scripts: string[] = [];
  /** The language its scripts see; undefined for the browser's default. */
  #language: string | undefined;
  /** The viewport of its documents; undefined for the browser's default. */
  #viewport: Viewport | undefined;
  #refusesPrefetches = false;
  /** Rejects with `PageGone` when the page's process or the browser exits. */
  readonly gone: Promise<never>;
  /** Whether its process, or the browser, has exited. */
  isGone = false;
  readonly #fail: (error: Error) => void;
  readonly #stopWatching: ReadonlyArray<() => void>;
  readonly traffic: Traffic;
  readonly workers: Workers;
  /** Undefined if the page renders frames on its own. */
  readonly frames: Frames | undefined;
  /** Documents its main frame has shown. With more than one, the page replaced the fulfilled one. */
  documents = 0;
  /**
   * Whether it ended, so that it does not compute for ever, and chose no font that the next document would inherit: for a
   * character that is written differently in several languages, a process remembers only the first.
   */
  isNeutral = false;
  /** Whether it has iframes, which render on their own, even in other processes. */
  hasIframes = false;
  /** Whether it opened a window, which may have loaded other origins. */
  openedWindow = false;
  /** Whether a server asked for a password, which the browser would remember for the next page. */
  wasChallenged = false;
  /** Origins of the documents it loaded: only these can have stored anything. */
  readonly origins = new Set<string>();

  private constructor(cdp: Cdp, targetId: string, session: string, frames: Frames | undefined, renders = 0) {
    this.#renders = renders;
    this.#cdp = cdp;
    this.#targetId = targetId;
    this.#session = session;
    this.frames = frames;
    this.traffic = new Traffic(this);
    this.workers = new Workers(cdp);
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => {}); // reported to the render, if there is one
    this.gone = promise;
    this.#fail = (error) => {
      this.isGone = true;
      reject(error);
    };
    this.#stopWatching = [
      cdp.on('Target.targetCrashed', undefined, (event) => {
        if (event.targetId !== targetId) return;
        this.#fail(new PageGone('The page crashed.', event.status === killed));
      }),
      cdp.onClosed(() => this.#fail(new PageGone('The browser is gone.', true))),
    ];
    for (const requests of [icons, prefetches]) refuse(requests, cdp, session, commandDeadline);
    this.on('Page.javascriptDialogOpening', () => {
      this.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {}); // closed with its page
    });
    this.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === this.frameId) this.documents++;
    });
    this.on('Page.frameAttached', () => {
      this.hasIframes = true;
    });
    this.on('Page.windowOpen', () => {
      this.openedWindow = true;
    });
    this.on('Network.responseReceivedExtraInfo', ({ statusCode, headers }) => {
      this.wasChallenged ||=
        statusCode === 401 && Object.keys(headers).some((name) => /^www-authenticate$/i.test(name));
    });
  }

  static async open({ cdp, frames: source, userAgent }: RunningBrowser, browserContextId: string): Promise<Page> {
    const deadline = commandDeadline;
    const target = { url: 'about:blank', browserContextId, enableBeginFrameControl: source !== undefined };
    const { targetId } = await cdp.send('Target.createTarget', target, { deadline });
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
    const frames = source && new Frames(source, { targetId, session: sessionId });
    const page = new Page(cdp, targetId, sessionId, frames);
    await Promise.all([
      page.send('Page.enable', undefined),
      page.send('Network.enable', keptBodies),
      page.send('Network.setBypassServiceWorker', { bypass: true }),
      page.#pauseRequests(),
      page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] }),
      // A remote browser was started by others.
      page.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' }),
      page.send('Emulation.setScrollbarsHidden', { hidden: true }),
      page.send('Emulation.setUserAgentOverride', userAgent),
      page.send('Page.addScriptToEvaluateOnNewDocument', { source: inEachDocument, worldName: ownWorld }),
      page.send('Page.addScriptToEvaluateOnNewDocument', {
        source: source === undefined ? inEachPageWorld : underVirtualTime,
      }),
    ]);
    await page.#warm();
    return page;
  }

  /** Shows some text: the process then has fonts, and the display its first frame, which is slower than later ones. */
  async #warm(): Promise<void> {
    const contextId = await this.ownWorld();
    await this.send('Runtime.evaluate', { contextId, expression: `document.body.innerHTML = '${warmUp}'` });
    await this.frames?.first(commandDeadline);
  }

  /**
   * Stops the clock of its process and puts it under our control.
   * @throws {Error} without frame control.
   */
  async startVirtualTime(): Promise<[Frames, VirtualTime]> {
    const { frames } = this;
    if (frames === undefined) throw new Error('Virtual time needs frame control.');
    frames.display = false;
    if (frames.time === undefined) frames.time = await VirtualTime.start(this);
    else await frames.time.catchUp();
    return [frames, frames.time];
  }

  /**
   * Whether it can be used for one more render: it only showed one document, to its end.
   * @param mostAhead milliseconds of virtual time that it may be ahead, because nobody needs it before these have passed.
   */
  isRenewable(mostAhead: number): boolean {
    if ((this.frames?.time?.ahead ?? 0) > mostAhead) return false;
    return this.isNeutral && this.documents === 1 && !this.openedWindow && this.#renders + 1 < mostRenders;
  }

  /**
   * The same page, blank again: its document is gone with everything that ran in it. Rejects if the page cannot be blanked;
   * it must then be closed. This object gets no more events.
   */
  async renew(): Promise<Page> {
    this.forget();
    const page = new Page(this.#cdp, this.#targetId, this.#session, this.frames, this.#renders + 1);
    page.#language = this.#language;
    page.#viewport = this.#viewport;
    page.#refusesPrefetches = this.#refusesPrefetches;
    this.frames?.time?.listen();
    try {
      await page.#blank(this.#scripts);
      return page;
    } catch (error) {
      page.forget();
      throw error;
    }
  }

  async #blank(scripts: readonly string[]): Promise<void> {
    const stopped = Promise.withResolvers<void>();
    const stopListening = this.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId === this.frameId && this.documents > 0) stopped.resolve();
    });
    const late = () => stopped.reject(new Error('The page could not be blanked in time.'));
    using _ = startTimeout(renewDeadline, late);
    let isBlank = false;
    const blank = stopped.promise.then(() => {
      isBlank = true;
    });
    blank.catch(() => {}); // reported to the caller below
    // A navigation is held while the clock stands still.
    const clock = async () => {
      while (!isBlank && this.frames?.time !== undefined) await this.frames.time.advance(leastTime, false);
    };
    try {
      await Promise.all([
        this.send('Page.navigate', { url: 'about:blank' }, renewDeadline),
        blank,
        Promise.race([clock(), stopped.promise]),
        ...scripts.map((identifier) => this.send('Page.removeScriptToEvaluateOnNewDocument', { identifier })),
        ...(scripts.length === 0 ? [] : [this.send('Runtime.disable', undefined)]),
      ]);
      await this.send('Page.resetNavigationHistory', undefined);
      if (this.#renders % rendersPerCleaning === 0) await this.send('HeapProfiler.collectGarbage', undefined);
    } finally {
      stopListening();
    }
    this.documents = 0;
  }

  /** Sets the language of dates and numbers in its scripts, which takes a quarter of a render's time. */
  async setLanguage(language: string): Promise<void> {
    if (language === this.#language) return;
    try {
      await this.send('Emulation.setLocaleOverride', { locale: language });
      this.#language = language;
    } catch {
      // Refused for a language that Chromium does not know: the default one is used.
    }
  }

  /** Refuses what its documents load ahead for another page; or stops that, which pauses what scripts fetch. */
  async refusePrefetches(refuses: boolean): Promise<void> {
    if (refuses === this.#refusesPrefetches) return;
    this.#refusesPrefetches = refuses;
    await this.#pauseRequests();
  }

  async #pauseRequests(): Promise<void> {
    // The headless shell, which leaves frames to us, requests no icons.
    const refused = [...(this.frames === undefined ? [icons] : []), ...(this.#refusesPrefetches ? [prefetches] : [])];
    await this.send('Fetch.enable', { patterns: [documents, ...refused.map(patternOf)] });
  }

  /** Sets the viewport of its documents, if it differs. */
  async setViewport(viewport: Viewport): Promise<void> {
    const { width, height, deviceScaleFactor } = viewport;
    const now = this.#viewport;
    if (now?.width === width && now.height === height && now.deviceScaleFactor === deviceScaleFactor) return;
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
    this.#viewport = viewport;
  }

  /**
   * Whether it can render a document in this language now: a page is reused for one language only, and not before real time
   * has reached its virtual time.
   */
  canRender(language: string): boolean {
    if ((this.frames?.time?.ahead ?? 0) > 0) return false;
    return this.#renders === 0 || language === this.#language;
  }

  /** The isolated world of its main document, which the page's scripts cannot reach. */
  async ownWorld(): Promise<number> {
    const params = { frameId: this.frameId, worldName: ownWorld };
    return (await this.send('Page.createIsolatedWorld', params)).executionContextId;
  }

  /** Runs the script in each document before anything else. @param world ours, or that of the page's scripts. */
  async runInDocuments(source: string, world: 'own' | 'page' = 'own'): Promise<void> {
    const place = world === 'own' ? { worldName: ownWorld } : {};
    const [{ identifier }] = await Promise.all([
      this.send('Page.addScriptToEvaluateOnNewDocument', { source, ...place }),
      // Scripts run when the page's own world is created, which a page without scripts does only with `Runtime` enabled.
      this.send('Runtime.enable', undefined),
    ]);
    this.#scripts.push(identifier);
  }

  get frameId(): string {
    return this.#targetId; // a page's main frame has its target's id
  }

  send: <M extends Parameters<Cdp['send']>[0]>(
    method: M,
    params: Parameters<typeof Cdp.prototype.send<M>>[1],
    deadline?: Milliseconds,
    base64?: Base64Parameter,
  ) => ReturnType<typeof Cdp.prototype.send<M>> = (method, params, deadline = commandDeadline, base64 = undefined) =>
    this.#cdp.send(method, params, { session: this.#session, deadline, ...(base64 && { base64 }) });

  on: <E extends Parameters<Cdp['on']>[0]>(
    event: E,
    listener: Parameters<typeof Cdp.prototype.on<E>>[2],
  ) => () => void = (event, listener) => this.#cdp.on(event, this.#session, listener);

  /** Milliseconds of a core that the browser's pages and their display have used so far: it draws one page at a time. */
  async timeUsed(): Promise<number> {
    const { processInfo } = await this.#cdp.send('SystemInfo.getProcessInfo', undefined, { deadline: commandDeadline });
    const drawing = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU');
    return drawing.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  }

  /** Clears what the page's origins have stored in this context. Sent through a page that is still open. */
  async clearStorage(origins: Iterable<string>): Promise<void> {
    const each = (origin: string) => this.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await Promise.all([...origins].map(each));
  }

  /** Removes its listeners. If it is not closed, the page ends with its context. */
  forget(): void {
    for (const stop of this.#stopWatching) stop();
    this.workers.stop();
    this.#cdp.forget(this.#session);
  }

  async close(): Promise<void> {
    this.forget();
    await this.#cdp.send('Target.closeTarget', { targetId: this.#targetId }, { deadline: commandDeadline });
  }
}

export type RequestPaused = Protocol.Fetch.RequestPausedEvent;
