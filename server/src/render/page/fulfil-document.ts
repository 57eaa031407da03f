import type { ReadsDocument } from '../../model/document.ts';
import { type PreparedDocument, prepareDocument } from '../document/prepare-document.ts';
import type { RenderRequest } from '../renderer.ts';
import type { Page, RequestPaused } from './page.ts';

// A page sends its reader on once, or twice by way of a sign-in; more is a circle.
const mostRedirects = 3;
// As long as documents are that are fetched, where no setting says otherwise.
const mostBytes = 10_000_000;

/** What a page may be given as its main document, and what it was given. */
export class DocumentHandover {
  readonly #page: Page;
  readonly #document: PreparedDocument;
  readonly #partition: string;
  readonly #read: ReadsDocument;
  readonly #stopListening: ReadonlyArray<() => void>;
  /** Addresses of the documents that it was given, as they were asked for. */
  readonly #given: string[] = [];
  #shown: string | undefined;

  /**
   * Answers the page's first document request with the document that was fetched, so that its origin is not asked twice.
   * Later ones are the page's own doing: frames load, and so does another page of the same website that it sends its reader
   * to, made a card in the same way. Anything else in its place is refused.
   */
  constructor(page: Page, { document, partition }: RenderRequest, read: ReadsDocument) {
    this.#page = page;
    this.#document = document;
    this.#partition = partition;
    this.#read = read;
    this.#stopListening = [
      page.on('Fetch.requestPaused', (event) => {
        if (event.resourceType !== 'Document') return;
        const answered = event.frameId === page.frameId ? this.#answer(event) : this.#pass(event);
        answered.catch(() => {}); // the page or its frame went while it was answered
      }),
      page.on('Page.frameNavigated', ({ frame }) => {
        if (frame.id === page.frameId) this.#shown = frame.url;
      }),
    ];
  }

  /** Whether the page went on to another document. */
  get isRedirected(): boolean {
    return this.#given.length > 1;
  }

  /** Whether the page shows a document that it was given. `about:blank`, `blob:` and history ask for none that could be refused. */
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
    // The same page again is the document that is there already.
    if (this.#given.length === 0) return this.#give(requestId, this.#document, url);
    if (!this.#mayGoTo(event)) return this.#refuse(requestId);
    if (url === withoutFragment(this.#document.url)) return this.#give(requestId, this.#document, url);
    await this.#page.send('Fetch.continueRequest', { requestId, interceptResponse: true });
  }

  #mayGoTo({ request: { url, method } }: RequestPaused): boolean {
    // All that a card of its own says is in its document.
    if (this.#document.mode === 'template' || this.#given.length > mostRedirects || method !== 'GET') return false;
    return URL.canParse(url) && new URL(url).origin === new URL(this.#document.url).origin;
  }

  /** What the website answered: drawn where it is a page. */
  async #answerWith(event: RequestPaused, status: number): Promise<void> {
    const { requestId, request } = event;
    const headers = (event.responseHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), value] as const);
    const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
    // Its address comes back here, and is judged then.
    if (status >= 300 && status < 400 && headers.some(([name]) => name === 'location'))
      return this.#page.send('Fetch.continueRequest', { requestId });
    if (status < 200 || status >= 300 || !/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type))
      return this.#refuse(requestId);
    const { body, base64Encoded } = await this.#page.send('Fetch.getResponseBody', { requestId });
    const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    const read = bytes.length > mostBytes ? undefined : await this.#read(bytes, headers, this.#partition);
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
      responsePhrase: 'OK', // Chromium refuses a status that it knows no phrase for
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
