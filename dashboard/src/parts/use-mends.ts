import type { Fault } from '../../../server/src/model/fault.ts';
import { type Mend, mendOf } from '../../../server/src/snippets/mend.ts';
import type { Website } from '../api/types.ts';
import { type KnownWords, pageWords } from './page-words.ts';
import { type ChosenFramework, useFramework } from './use-framework.ts';

export interface Mends extends ChosenFramework {
  readonly websiteId: number;
  readonly target: string;
  /** What mends the fault of this page, in the website's framework. */
  readonly mendOf: (fault: Fault) => Mend;
}

/** What mends the faults of a page of the website. */
export function useMends(website: Website, target: string, known: KnownWords | null): Mends {
  const chosen = useFramework(website);
  const words = pageWords(website, target, known);
  return { ...chosen, websiteId: website.id, target, mendOf: (fault) => mendOf(fault, chosen.framework, words) };
}
