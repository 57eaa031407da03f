import type { ReadsDocument } from '../../model/document.ts';
import { type PreparedDocument, prepareDocument } from '../document/prepare-document.ts';
import type { RenderRequest } from '../renderer.ts';
import type { Page, RequestPaused } from './page.ts';

// A page redirects its reader once, or twice for a sign-in; more is a loop.
const mostRedirects = 3;

/** For the documents that a page redirects its reader to. */
export interface HandoverLimits {
  readonly maxDocumentBytes: number;
  readonly read: ReadsDocument;
}

/** Decides which main documents a page gets, and records them. */
export class DocumentHandover {
  readonly #page: Page;
  readonly #document: PreparedDocument;
  readonly #partition: string;
  readonly #limits: HandoverLimits;
  readonly #stopListening: ReadonlyArray<() => void>;
  /** URLs of the documents that it got, as requested. */
  readonly #given: string[] = [];
  #shown: string | undefined;

  /**
   * Fulfils the page's first document request with the fetched document, so that its origin is not asked twice. Later
   * requests come from the page itself: iframes load, and so does another page of the same website that it redirects its
   * reader to, prepared as a card in the same way. Any other document is refused.
   */
  constructor(page: Page, { document, partition }: RenderRequest, limits: HandoverLimits) {
    this.#page = page;
    this.#document = document;
    this.#partition = partition;
    this.#limits = limits;
    this.#stopListening = [
      page.on('Fetch.requestPaused', (event) => {
        if (event.resourceType !== 'Document') return;
        const answered = event.frameId === page.frameId ? this.#answer(event) : this.#pass(event);
        answered.catch(() => {}); // the page or iframe was closed meanwhile
      }),
      page.on('Page.frameNavigated', ({ frame }) => {
        if (frame.id === page.frameId) this.#shown = frame.url;
      }),
    ];
  }

  /** Whether the page navigated to another document. */
  get isRedirected(): boolean {
    return this.#given.length > 1;
  }

  /** Whether the page shows a document that it got here. `about:blank`, `blob:` and history navigations cannot be refused. */
  get isHeld(): boolean {
    if (this.#page.documents === 0) return true;
    return this.#page.documents <= this.#given.length && this.#given.includes(withoutFragment(this.#shown ?? ''));
  }

  stop(): void {
    for (const stop of this.#stopListening) stop();
  }

  async #pass(event: RequestPaused): Promise<void> {
    remember(this.#page, event);
    await this.#page.send('Fetch.continueRequest', { requestId: event.requestId });
  }

  async #answer(event: RequestPaused): Promise<void> {
    const { requestId, request, responseStatusCode } = event;
    remember(this.#page, event);
    if (event.responseErrorReason !== undefined) return this.#refuse(requestId);
    if (responseStatusCode !== undefined) return this.#answerWith(event, responseStatusCode);
    const url = withoutFragment(request.url);
    // The same page again gets the same document.
    if (this.#given.length === 0) return this.#give(requestId, this.#document, url);
    if (!this.#mayGoTo(event)) return this.#refuse(requestId);
    if (url === withoutFragment(this.#document.url)) return this.#give(requestId, this.#document, url);
    await this.#page.send('Fetch.continueRequest', { requestId, interceptResponse: true });
  }

  #mayGoTo({ request: { url, method } }: RequestPaused): boolean {
    // A card's document contains everything it shows.
    if (this.#document.mode === 'template' || this.#given.length > mostRedirects || method !== 'GET') return false;
    return URL.parse(url)?.origin === new URL(this.#document.url).origin;
  }

  /** The website's response: rendered if it is a page. */
  async #answerWith(event: RequestPaused, status: number): Promise<void> {
    const { requestId, request } = event;
    const headers = (event.responseHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), value] as const);
    const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
    // The redirect's target comes back here, and is checked then.
    if (status >= 300 && status < 400 && headers.some(([name]) => name === 'location'))
      return this.#page.send('Fetch.continueRequest', { requestId });
    if (status < 200 || status >= 300 || !/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type))
      return this.#refuse(requestId);
    const { body, base64Encoded } = await this.#page.send('Fetch.getResponseBody', { requestId });
    const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    const { maxDocumentBytes, read: reads } = this.#limits;
    const read = bytes.length > maxDocumentBytes ? undefined : await reads(bytes, headers, this.#partition);
    if (read === undefined) return this.#refuse(requestId);
    const { spec, options } = this.#document;
    const prepared = prepareDocument({ url: request.url, status, headers, ...read }, spec, options);
    await this.#give(requestId, prepared, withoutFragment(request.url));
  }

  async #give(requestId: string, { status, headers, body }: PreparedDocument, url: string): Promise<void> {
    this.#given.push(url);
    const response = {
      requestId,
      responseCode: status,
      responsePhrase: 'OK', // Chromium rejects a status without a known phrase
      responseHeaders: [...headers],
    };
    await this.#page.send('Fetch.fulfillRequest', response, undefined, { name: 'body', bytes: body });
  }

  async #refuse(requestId: string): Promise<void> {
    await this.#page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
  }
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

function remember(page: Page, { request }: RequestPaused): void {
  if (URL.canParse(request.url)) page.origins.add(new URL(request.url).origin);
}
