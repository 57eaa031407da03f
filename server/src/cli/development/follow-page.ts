import { setTimeout as pause } from 'node:timers/promises';
import type { FetchedPage } from '../fetch-page.ts';
import type { PageDrawer } from './page-drawer.ts';
import { openFileReader } from './read-file.ts';
import { Sources } from './sources.ts';

/** What came of a page that was drawn. */
export interface Outcome {
  /** The addresses of the style and script files that it loaded. */
  readonly code: readonly string[];
  /** Whether it looks other than before. */
  readonly isNew: boolean;
}

export interface Follower {
  /**
   * Draws the page as it is now. What it throws is said, and the page drawn again when it can be.
   * @param onCode to be told of the files of a first drawing, where others follow: what is changed from then on is seen.
   */
  draw(page: FetchedPage, onCode: (code: readonly string[]) => Promise<void>): Promise<Outcome>;
  /** Told why the page could not be had or drawn; once, until it could. */
  fail(message: string): void;
}

// As often as a person saves.
const lookEvery = 1000;
// A look takes at most a quarter of the time: a server that builds slowly has time for who works on it.
const restFactor = 3;
// Where changes keep coming that nobody sees, looks become rarer, up to this.
const longestRest = 16_000;

/**
 * Looks at a page, its styles and its scripts over and over, and has it drawn first, and again whenever one of them changed.
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
  let said = '';
  let inVain = 0;
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
        isDue = true; // until it is drawn
        let isOld = false; // where a file was changed meanwhile
        const onCode = async (code: readonly string[]) => {
          sources.follow(code);
          isOld = (await sources.lookAtFiles(signal)) || isOld;
        };
        const { code, isNew } = await draw(page, onCode);
        await onCode(code);
        inVain = isNew ? 0 : inVain + 1;
        isDue = isOld;
      }
      said = '';
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      if (message !== said) fail(message);
      said = message;
      isDue = true;
    }
    const slowly = Math.min(longestRest, lookEvery * 2 ** Math.max(0, inVain - 2));
    const rest = Math.max(slowly, restFactor * took);
    await pause(rest, undefined, { signal }).catch(() => {}); // stopped
  }
}

function textOf({ fetched }: FetchedPage): string {
  return fetched.kind === 'document' ? Buffer.from(fetched.body).toString('latin1') : '';
}
