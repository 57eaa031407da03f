import type { PageWords } from '../../../server/src/snippets/snippet.ts';
import type { Website } from '../api/types.ts';
import { text } from '../text/text.ts';

export interface KnownWords {
  readonly title: string | null;
  readonly description: string | null;
}

/** What snippets say of a page: its own words, and what to replace where it has none. */
export function pageWords({ connectionUrl, origin }: Website, target: string, known: KnownWords | null): PageWords {
  return {
    connectionUrl,
    origin,
    target,
    title: known?.title ?? text.fixIt.exampleTitle,
    description: known?.description ?? text.fixIt.exampleDescription,
  };
}
