import type { Page } from '../page.ts';

/** How far the page's current main document is. */
export class DocumentLoad {
  readonly #page: Page;
  readonly #stopListening: ReadonlyArray<() => void>;
  #loaded = Promise.withResolvers<void>();
  /** The isolated world of our scripts in it; created while it loads. */
  #world: Promise<number> | undefined;
  #isLoaded: boolean;
  /** Called when a document was committed. */
  onDocument = (): void => {};

  /** @param isLoaded whether the page shows a document that has loaded already. */
  constructor(page: Page, isLoaded = false) {
    this.#page = page;
    this.#isLoaded = isLoaded;
    if (isLoaded) this.#loaded.resolve();
    const loaded = () => {
      this.#isLoaded = true;
      this.#loaded.resolve();
    };
    this.#stopListening = [
      page.on('Page.frameNavigated', ({ frame }) => {
        if (frame.id !== page.frameId) return;
        if (this.#isLoaded) this.#loaded = Promise.withResolvers();
        this.#isLoaded = false;
        this.#world = page.ownWorld();
        this.#world.catch(() => {}); // if its document was replaced, another one is created
        this.onDocument();
      }),
      page.on('Page.loadEventFired', loaded),
      // A document that tried to navigate while loading has no load event, but stops loading all the same.
      page.on('Page.frameStoppedLoading', ({ frameId }) => {
        if (frameId === page.frameId && page.documents > 0) loaded();
      }),
    ];
  }

  /** Whether the current document has loaded. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Resolves when the current document has loaded. */
  get loaded(): Promise<void> {
    return this.#loaded.promise;
  }

  /** The isolated world of our scripts in the current document. */
  async world(): Promise<number> {
    return (await this.#world?.catch(() => undefined)) ?? (await this.#page.ownWorld());
  }

  stop(): void {
    for (const stop of this.#stopListening) stop();
  }
}
