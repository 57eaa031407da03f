import { format } from 'node:util';
import type { Protocol } from 'devtools-protocol';
import type { Page } from '../page/page.ts';
import { hideAttributeScript } from './hide-attribute.ts';
import { hideOverlaysScript, readOverlayScript } from './overlays.ts';

/** What a page did while it was rendered, for its developer. */
export interface Observation {
  /** Errors in order: exceptions, console errors, files that did not load. */
  readonly errors: readonly string[];
  /** The development server's error overlay; empty if the page is shown. */
  readonly overlay: string;
  /** The addresses of its style and script files. */
  readonly code: readonly string[];
}

// A page that reports an error in a loop should not flood the terminal.
const mostErrors = 20;
const longestError = 4000;
const mostFiles = 500;

/** Watches a page while it is rendered, with the overlays of development servers hidden. Ended by `read`. */
export class PageWatch {
  readonly #page: Page;
  readonly #errors = new Set<string>();
  readonly #code = new Set<string>();
  readonly #asked = new Map<string, { readonly url: string; readonly type: string }>();
  readonly #stopListening: ReadonlyArray<() => void>;
  /** Resolves when it watches. Await it before the document loads. */
  readonly ready: Promise<void>;

  constructor(page: Page) {
    this.#page = page;
    this.#stopListening = [
      page.on('Runtime.exceptionThrown', ({ exceptionDetails }) => this.#note(exceptionText(exceptionDetails))),
      page.on('Runtime.consoleAPICalled', ({ type, args }) => {
        if (type === 'error' || type === 'assert') this.#note(format(...args.map(textOf)));
      }),
      page.on('Network.requestWillBeSent', ({ requestId, request: { url }, type = '' }) => {
        this.#asked.set(requestId, { url, type });
        if (/^(Script|Stylesheet)$/.test(type) && this.#code.size < mostFiles) this.#code.add(url);
      }),
      page.on('Network.responseReceived', ({ response: { status, url } }) => {
        if (status >= 400) this.#note(`${url} answers ${status}.`);
      }),
      page.on('Network.loadingFailed', ({ requestId, errorText, canceled }) => {
        const asked = this.#asked.get(requestId);
        if (canceled === true || asked === undefined || asked.type === 'Ping') return;
        this.#note(`${asked.url} could not be loaded: ${errorText}.`);
      }),
    ];
    this.ready = Promise.all([
      page.runInDocuments(hideOverlaysScript),
      page.runInDocuments(hideAttributeScript, 'page'),
    ]).then(() => {});
  }

  async read(): Promise<Observation> {
    for (const stop of this.#stopListening) stop();
    const overlay = await this.#overlay().catch(() => ''); // the document was replaced
    return { errors: [...this.#errors], overlay, code: [...this.#code] };
  }

  async #overlay(): Promise<string> {
    const contextId = await this.#page.ownWorld();
    const params = { contextId, expression: readOverlayScript, returnByValue: true };
    const { result } = await this.#page.send('Runtime.evaluate', params);
    return String(result.value ?? '').slice(0, longestError);
  }

  #note(text: string): void {
    const said = text.trim().slice(0, longestError);
    if (said !== '' && this.#errors.size < mostErrors) this.#errors.add(said);
  }
}

function exceptionText({ exception, text, url, lineNumber, columnNumber }: Protocol.Runtime.ExceptionDetails): string {
  const what = exception?.description ?? (exception === undefined ? text : `${text} ${textOf(exception)}`);
  const isPlaced = url === undefined || what.includes(url);
  return isPlaced ? what : `${what}\n    at ${url}:${lineNumber + 1}:${columnNumber + 1}`;
}

function textOf({ value, description, unserializableValue }: Protocol.Runtime.RemoteObject): unknown {
  return value ?? description ?? unserializableValue ?? '';
}
