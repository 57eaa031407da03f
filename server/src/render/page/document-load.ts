import type { Page } from './page.ts';

/** How far the page's main document is, whichever it is at the moment. */
export class DocumentLoad {
  readonly #page: Page;
  readonly #stopListening: ReadonlyArray<() => void>;
  readonly #loaded = Promise.withResolvers<void>();
  /** Where our own scripts run in it; made while it loads. */
  #world: Promise<number> | undefined;
  #isLoaded = false;
  /** Called when a document has come. */
  onDocument = (): void => {};

  constructor(page: Page) {
    this.#page = page;
    const loaded = () => {
      this.#isLoaded = true;
      this.#loaded.resolve();
    };
    this.#stopListening = [
      page.on('Page.frameNavigated', ({ frame }) => {
        if (frame.id !== page.frameId) return;
        this.#isLoaded = false;
        this.#world = page.ownWorld();
        this.#world.catch(() => {}); // another one is made where it went with its document
        this.onDocument();
      }),
      page.on('Page.loadEventFired', loaded),
      // A document that tried to leave while it loaded has no load event any more, but comes to its end all the same.
      page.on('Page.frameStoppedLoading', ({ frameId }) => {
        if (frameId === page.frameId && page.documents > 0) loaded();
      }),
    ];
  }

  /** Whether the document that is there now has loaded. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Resolves when a document has loaded. */
  get loaded(): Promise<void> {
    return this.#loaded.promise;
  }

  /** The world of scripts of the document that is there now, in which ours run. */
  async world(): Promise<number> {
    return (await this.#world?.catch(() => undefined)) ?? (await this.#page.ownWorld());
  }

  stop(): void {
    for (const stop of this.#stopListening) stop();
  }
}
