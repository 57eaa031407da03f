import { setTimeout as pause } from 'node:timers/promises';
import type { FetchedPage } from '../fetch-page.ts';
import type { PageDrawer } from './page-drawer.ts';
import { openFileReader } from './read-file.ts';
import { Sources } from './sources.ts';

/** The result of rendering a page. */
export interface Outcome {
  /** The addresses of the style and script files that it loaded. */
  readonly code: readonly string[];
  /** Whether it looks different than before. */
  readonly isNew: boolean;
}

export interface Follower {
  /**
   * Renders the page as it is now. Errors are reported, and the page is rendered again when possible.
   * @param onCode call it with the files of the first of several renders, so that changes during the others are noticed.
   */
  draw(page: FetchedPage, onCode: (code: readonly string[]) => Promise<void>): Promise<Outcome>;
  /** Called once with the reason when the page cannot be fetched or rendered, until it can again. */
  fail(message: string): void;
}

// As often as a person saves.
const lookEvery = 1000;
// Looks take at most a quarter of the time, so that a slow development server has time for its developer.
const restFactor = 3;
// When changes keep having no visible effect, looks become rarer, up to this.
const longestRest = 16_000;

/**
 * Renders a page, then watches it, its styles and its scripts, and renders it again whenever one of them changed.
 * Ends with the signal.
 */
export async function followPage(
  drawer: PageDrawer,
  pageUrl: string,
  { draw, fail }: Follower,
  signal: AbortSignal,
): Promise<void> {
  await using reader = openFileReader(drawer.guard);
  const sources = new Sources(reader, pageUrl);
  let reported = '';
  let unseenChanges = 0;
  let isDue = true;
  while (!signal.aborted) {
    const started = performance.now();
    let took = 0;
    try {
      const page = await drawer.fetch(pageUrl);
      const isChanged = sources.lookAtDocument(textOf(page));
      const areChanged = await sources.lookAtFiles(signal);
      took = performance.now() - started;
      if (isChanged || areChanged || isDue) {
        isDue = true; // until it is rendered
        let isOld = false; // true if a file changed meanwhile
        const onCode = async (code: readonly string[]) => {
          sources.follow(code);
          isOld = (await sources.lookAtFiles(signal)) || isOld;
        };
        const { code, isNew } = await draw(page, onCode);
        await onCode(code);
        unseenChanges = isNew ? 0 : unseenChanges + 1;
        isDue = isOld;
      }
      reported = '';
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      if (message !== reported) fail(message);
      reported = message;
      isDue = true;
    }
    const interval = Math.min(longestRest, lookEvery * 2 ** Math.max(0, unseenChanges - 2));
    const rest = Math.max(interval, restFactor * took);
    await pause(rest, undefined, { signal }).catch(() => {}); // stopped
  }
}

function textOf({ fetched }: FetchedPage): string {
  return fetched.kind === 'document' ? Buffer.from(fetched.body).toString('latin1') : '';
}
