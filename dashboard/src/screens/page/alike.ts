import type { Decision } from '../../api/types.ts';

/** Decisions that say the same, made within moments: the newest of them, and for whom they were. */
export interface Alike {
  readonly newest: Decision;
  /** Oldest last; a consumer stands twice where it came twice. */
  readonly consumers: readonly string[];
}

// Crawlers of one post come within a minute.
const moments = 60_000;

/** Puts what says the same into one, newest first as they come: a page that was shared is drawn for many at once. */
export function alike(decisions: readonly Decision[]): Alike[] {
  const groups: Array<{ newest: Decision; consumers: string[] }> = [];
  for (const decision of decisions) {
    const last = groups.at(-1);
    const consumers = decision.consumer === null ? [] : [decision.consumer];
    if (last && says(last.newest) === says(decision) && isNear(last.newest, decision))
      last.consumers.push(...consumers);
    else groups.push({ newest: decision, consumers });
  }
  return groups;
}

function isNear(newer: Decision, older: Decision): boolean {
  return Date.parse(newer.at) - Date.parse(older.at) < moments;
}

function says({ kind, by, failure, remarks, explanation }: Decision): string {
  return JSON.stringify([kind, by, failure, remarks, explanation?.reasons, explanation?.ignored]);
}
