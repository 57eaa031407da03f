import type { RunningBrowser } from '../browser/browser.ts';
import { PageGone } from '../browser/cdp/cdp.ts';
import type { Ended } from '../browser/process/browser-watch.ts';
import type { Contexts } from './contexts.ts';

/** A worker's browser, and what is known of its renders. */
export interface Running {
  readonly browser: RunningBrowser;
  readonly contexts: Contexts;
  /** Renders so far. */
  drawn: number;
  isRendering: boolean;
  /** Consecutive renders that failed. */
  failures: number;
  /** Whether this render got as far as its page. */
  hasPage: boolean;
  /** Why we killed it, or the process of its page, during this render. */
  endedFor: Ended['why'] | undefined;
  /** Resolves once it is known whether it still works after a page that timed out; if it does not, it is killed. */
  proven: Promise<void>;
  /** Replaced: it is closed after its last render. */
  isReplaced: boolean;
}

/** A page can do neither. */
const byOthers: ReadonlySet<Ended['why']> = new Set(['stopped by a signal', 'zygote killed']);

/** Whether the page itself ended its process, or took so much that it was killed, as far as can be known. */
export function hasCrashed({ hasPage, endedFor }: Running, error: unknown): boolean {
  if (!hasPage) return false;
  if (endedFor !== undefined) return !byOthers.has(endedFor);
  return !(error instanceof PageGone && error.wasKilled);
}
