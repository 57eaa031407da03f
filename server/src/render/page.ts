import type { Protocol } from 'devtools-protocol';
import { type Milliseconds, milliseconds } from '../units.ts';
import { type Cdp, PageGone } from './cdp.ts';
import { Traffic } from './traffic.ts';

// A command that only changes the browser's own state answers within milliseconds; past this it never will.
const commandDeadline = milliseconds(5000);

// Enough for the code of nearly every page, which is searched once; pictures and films are not worth their memory.
const keptBodies = { maxTotalBufferSize: 10_000_000, maxResourceBufferSize: 2_000_000 };

/** A page made ahead of its drawing: blank, watched, and with nothing of another page in it. Drawn once, then closed. */
export class Page {
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #targetId: string;
  /** Rejects, with `PageGone`, where the page's process or the browser ended. */
  readonly gone: Promise<never>;
  readonly #fail: (error: Error) => void;
  readonly #stopWatching: ReadonlyArray<() => void>;
  readonly traffic: Traffic;
  /** Documents its main frame has shown. One is the handed over one; more, and the page put another in its place. */
  documents = 0;
  /** Whether it opened a window, which may have loaded what its origins do not tell. */
  openedWindow = false;
  /** Whether a server asked it for a password, which the browser would remember for the next page. */
  wasChallenged = false;
  /** Origins whose documents the page loaded: the only ones that can have stored anything. */
  readonly origins = new Set<string>();

  private constructor(cdp: Cdp, targetId: string, session: string) {
    this.#cdp = cdp;
    this.#targetId = targetId;
    this.#session = session;
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
  }

  static async open(cdp: Cdp, browserContextId: string): Promise<Page> {
    const deadline = commandDeadline;
    const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank', browserContextId }, { deadline });
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
    const page = new Page(cdp, targetId, sessionId);
    page.on('Page.javascriptDialogOpening', () => {
      page.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {}); // gone with its page
    });
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === page.frameId) page.documents++;
    });
    page.on('Page.windowOpen', () => {
      page.openedWindow = true;
    });
    page.on('Network.responseReceivedExtraInfo', ({ statusCode, headers }) => {
      page.wasChallenged ||=
        statusCode === 401 && Object.keys(headers).some((name) => /^www-authenticate$/i.test(name));
    });
    await Promise.all([
      page.send('Page.enable', undefined),
      page.send('Network.enable', keptBodies),
      page.send('Network.setBypassServiceWorker', { bypass: true }),
      page.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }] }),
      page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] }),
      // A browser that runs elsewhere was started by others.
      page.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' }),
      page.send('Emulation.setScrollbarsHidden', { hidden: true }),
    ]);
    return page;
  }

  get frameId(): string {
    return this.#targetId; // a page's main frame has the id of its target
  }

  send: <M extends Parameters<Cdp['send']>[0]>(
    method: M,
    params: Parameters<typeof Cdp.prototype.send<M>>[1],
    deadline?: Milliseconds,
  ) => ReturnType<typeof Cdp.prototype.send<M>> = (method, params, deadline = commandDeadline) =>
    this.#cdp.send(method, params, { session: this.#session, deadline });

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
