import type { PurgeScope } from '../../../src/model/change.ts';

/** The order in which things began and ended, whatever the clock says. */
export class Log {
  #now = 0;
  /** Purges that were answered: the moments before and after. */
  readonly purges: Array<{ readonly scope: PurgeScope; readonly began: number; readonly answered: number }> = [];

  /** The next moment. */
  next(): number {
    return ++this.#now;
  }

  /** The last purge that covers the page and was answered before this moment, or 0. */
  purgedBefore(target: string, moment: number): number {
    return Math.max(
      0,
      ...this.purges
        .filter(({ scope, answered }) => answered < moment && covers(scope, target))
        .map(({ began }) => began),
    );
  }
}

function covers(scope: PurgeScope, target: string): boolean {
  if (scope.kind === 'website') return true;
  return scope.kind === 'page' ? scope.target === target : target.startsWith(scope.prefix);
}
