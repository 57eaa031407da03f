import type { Protocol } from 'devtools-protocol';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { RunningBrowser } from '../browser/browser.ts';
import { type Base64Parameter, type Cdp, PageGone } from '../browser/cdp.ts';
import { Frames } from './frames.ts';
import { keepAttributeScript } from './keep-attribute.ts';
import { iconRequests, refuseIcons } from './refuse-icons.ts';
import { Traffic } from './traffic.ts';
import type { Viewport } from './viewport.ts';
import { VirtualTime } from './virtual-time.ts';

// A command that only changes the browser's own state answers within milliseconds; past this it never will.
const commandDeadline = milliseconds(5000);

// Enough for the code of nearly every page, which is searched once; pictures and films are not worth their memory.
const keptBodies = { maxTotalBufferSize: 10_000_000, maxResourceBufferSize: 2_000_000 };

// Blanked within a few milliseconds; a page that is still busy then is closed, and another one opened in its place.
const renewDeadline = milliseconds(500);
// A document that is gone holds the 12 MB of its picture until its memory is freed, which takes 10 ms of a core.
const drawingsPerCleaning = 4;
// What is left in the process even then goes with it.
const mostDrawings = 50;

const documents: Protocol.Fetch.RequestPattern = {
  urlPattern: '*',
  resourceType: 'Document',
  requestStage: 'Request',
};

const leastTime = milliseconds(1);

// Runs before the scripts of each document: what belongs to the tab is all that outlives the documents shown in it.
const forgetTab = `try { window.name = ''; sessionStorage.clear(); } catch {}`;
const inEachDocument = `${forgetTab} ${keepAttributeScript}`;

// In the two fonts that most pages have some text in.
const warmUp = 'text<p style="font-family: sans-serif">text';

// A world of scripts that those of the page cannot reach. By its name it is the same one in each document: another one a
// document would be made anew, with all the others, in each document to come, at a millisecond each.
const ownWorld = 'ogplus';

/**
 * A page made ready ahead of its drawing: blank, watched, and with nothing of another page in it. Drawn once; then it is
 * closed, or blanked for one more drawing of the same website, whose process and fonts are warm.
 */
export class Page {
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #targetId: string;
  /** How often it was drawn before. */
  readonly #drawings: number;
  /** Scripts that it runs in each document. */
  readonly #scripts: string[] = [];
  /** The language that it speaks to its scripts; undefined for the browser's own. */
  #language: string | undefined;
  /** What its documents are laid out in; undefined for the browser's own window. */
  #viewport: Viewport | undefined;
  /** Rejects, with `PageGone`, where the page's process or the browser ended. */
  readonly gone: Promise<never>;
  readonly #fail: (error: Error) => void;
  readonly #stopWatching: ReadonlyArray<() => void>;
  readonly traffic: Traffic;
  /** Undefined where the browser has the page draw its frames by itself. */
  readonly frames: Frames | undefined;
  /** Documents its main frame has shown. One is the handed over one; more, and the page put another in its place. */
  documents = 0;
  /**
   * Whether it came to its end, so that it is not computing for ever, and chose no font that the next document would have
   * to take: of a character that is written differently in several languages, a process remembers the first one only.
   */
  isNeutral = false;
  /** Whether it holds documents beside its own, which draw themselves in their own time, in other processes even. */
  hasFrames = false;
  /** Whether it opened a window, which may have loaded what its origins do not tell. */
  openedWindow = false;
  /** Whether a server asked it for a password, which the browser would remember for the next page. */
  wasChallenged = false;
  /** Origins whose documents the page loaded: the only ones that can have stored anything. */
  readonly origins = new Set<string>();

  private constructor(cdp: Cdp, targetId: string, session: string, frames: Frames | undefined, drawings = 0) {
    this.#drawings = drawings;
    this.#cdp = cdp;
    this.#targetId = targetId;
    this.#session = session;
    this.frames = frames;
    this.traffic = new Traffic(this);
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => {}); // told to who draws, if anyone does
    this.gone = promise;
    this.#fail = reject;
    this.#stopWatching = [
      cdp.on('Target.targetCrashed', undefined, (event) => {
        if (event.targetId === targetId) this.#fail(new PageGone('The page crashed.'));
      }),
      cdp.onClosed(() => this.#fail(new PageGone('The browser is gone.'))),
    ];
    if (frames === undefined) refuseIcons(cdp, session, commandDeadline); // the headless shell asks for none
    this.on('Page.javascriptDialogOpening', () => {
      this.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {}); // gone with its page
    });
    this.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === this.frameId) this.documents++;
    });
    this.on('Page.frameAttached', () => {
      this.hasFrames = true;
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
      page.send('Fetch.enable', { patterns: source === undefined ? [documents, iconRequests] : [documents] }),
      page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] }),
      // A browser that runs elsewhere was started by others.
      page.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' }),
      page.send('Emulation.setScrollbarsHidden', { hidden: true }),
      page.send('Emulation.setUserAgentOverride', userAgent),
      page.send('Page.addScriptToEvaluateOnNewDocument', { source: inEachDocument, worldName: ownWorld }),
    ]);
    await page.#warm();
    return page;
  }

  /** Shows some text: its process then has fonts, and its display a first frame, which takes longer than those to come. */
  async #warm(): Promise<void> {
    const contextId = await this.ownWorld();
    await this.send('Runtime.evaluate', { contextId, expression: `document.body.innerHTML = '${warmUp}'` });
    await this.frames?.first(commandDeadline);
  }

  /**
   * Stops the clock of its process, which is ours from then on.
   * @throws {Error} where its frames are not ours.
   */
  async startVirtualTime(): Promise<[Frames, VirtualTime]> {
    const { frames } = this;
    if (frames === undefined) throw new Error('A page that draws its own frames has its own time.');
    if (frames.time === undefined) frames.time = await VirtualTime.start(this);
    else await frames.time.catchUp();
    return [frames, frames.time];
  }

  /** Whether it may be drawn once more: it did nothing but show one document, to its end. */
  get isRenewable(): boolean {
    return this.isNeutral && this.documents === 1 && !this.openedWindow && this.#drawings + 1 < mostDrawings;
  }

  /**
   * The same page, blank again: its document with all that ran in it is gone. Rejects where the page does not let go of it;
   * it must then be closed. Nothing is told of it here any more.
   */
  async renew(): Promise<Page> {
    this.forget();
    const page = new Page(this.#cdp, this.#targetId, this.#session, this.frames, this.#drawings + 1);
    page.#language = this.#language;
    page.#viewport = this.#viewport;
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
    const late = setTimeout(() => stopped.reject(new Error('The page stays as it is.')), renewDeadline);
    let isBlank = false;
    const blank = stopped.promise.then(() => {
      isBlank = true;
    });
    blank.catch(() => {}); // told to who waits below
    // A clock that stands still holds the document back.
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
      if (this.#drawings % drawingsPerCleaning === 0) await this.send('HeapProfiler.collectGarbage', undefined);
    } finally {
      clearTimeout(late);
      stopListening();
    }
    this.documents = 0;
  }

  /** Sets the language of dates and numbers in its scripts, which takes as long as a quarter of a drawing. */
  async speak(language: string): Promise<void> {
    if (language === this.#language) return;
    try {
      await this.send('Emulation.setLocaleOverride', { locale: language });
      this.#language = language;
    } catch {
      // Refused for a language that Chromium does not know: the page is drawn in the default one.
    }
  }

  /** Sets what its documents are laid out in, where it is not so already. */
  async setViewport(viewport: Viewport): Promise<void> {
    const { width, height, deviceScaleFactor } = viewport;
    const now = this.#viewport;
    if (now?.width === width && now.height === height && now.deviceScaleFactor === deviceScaleFactor) return;
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
    this.#viewport = viewport;
  }

  /**
   * Whether a document in this language may be drawn in it now: a page is drawn again for one language only, and not before
   * the time has come that it has lived to.
   */
  suits(language: string): boolean {
    if ((this.frames?.time?.ahead ?? 0) > 0) return false;
    return this.#drawings === 0 || language === this.#language;
  }

  /** The world of scripts of its main document that those of the page cannot reach. */
  async ownWorld(): Promise<number> {
    const params = { frameId: this.frameId, worldName: ownWorld };
    return (await this.send('Page.createIsolatedWorld', params)).executionContextId;
  }

  /** Has the script run in each document before anything of it is there. @param world ours, or that of the page's scripts. */
  async runInDocuments(source: string, world: 'own' | 'page' = 'own'): Promise<void> {
    const place = world === 'own' ? { worldName: ownWorld } : {};
    const [{ identifier }] = await Promise.all([
      this.send('Page.addScriptToEvaluateOnNewDocument', { source, ...place }),
      // Scripts run when the page's own world is made, which a page without scripts does not need unless it is watched.
      this.send('Runtime.enable', undefined),
    ]);
    this.#scripts.push(identifier);
  }

  get frameId(): string {
    return this.#targetId; // a page's main frame has the id of its target
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

  /** Forgets what the page's origins have stored in this context. Sent by a page that is still open. */
  async clearStorage(origins: Iterable<string>): Promise<void> {
    const each = (origin: string) => this.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await Promise.all([...origins].map(each));
  }

  /** Drops what the connection holds of it. The page ends with its context, if it is not closed. */
  forget(): void {
    for (const stop of this.#stopWatching) stop();
    this.#cdp.forget(this.#session);
  }

  async close(): Promise<void> {
    this.forget();
    await this.#cdp.send('Target.closeTarget', { targetId: this.#targetId }, { deadline: commandDeadline });
  }
}

export type RequestPaused = Protocol.Fetch.RequestPausedEvent;
