import type { Protocol } from 'devtools-protocol';
import { type Milliseconds, milliseconds } from '../units.ts';
import type { Cdp } from './cdp.ts';

// A command that only changes the browser's own state answers within milliseconds; past this it never will.
const commandDeadline = milliseconds(5000);

/** A page made ahead of its drawing: blank, watched, and with nothing of another page in it. Drawn once, then closed. */
export class Page {
  readonly #cdp: Cdp;
  readonly #session: string;
  readonly #targetId: string;
  /** Origins whose documents the page loaded: the only ones that can have stored anything. */
  readonly origins = new Set<string>();

  private constructor(cdp: Cdp, targetId: string, session: string) {
    this.#cdp = cdp;
    this.#targetId = targetId;
    this.#session = session;
  }

  static async open(cdp: Cdp, browserContextId: string): Promise<Page> {
    const deadline = commandDeadline;
    const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank', browserContextId }, { deadline });
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: true }, { deadline });
    const page = new Page(cdp, targetId, sessionId);
    page.on('Page.javascriptDialogOpening', () => {
      page.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {}); // gone with its page
    });
    await Promise.all([
      page.send('Page.enable', undefined),
      page.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }),
      page.send('Network.setBypassServiceWorker', { bypass: true }),
      page.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }] }),
      page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] }),
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

  async close(): Promise<void> {
    await this.#cdp.send('Target.closeTarget', { targetId: this.#targetId }, { deadline: commandDeadline });
  }
}

export type RequestPaused = Protocol.Fetch.RequestPausedEvent;
