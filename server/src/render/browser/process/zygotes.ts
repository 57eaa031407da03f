import { commandOf, type ProcessUse } from './process-table.ts';

/** What is known of one browser. */
interface Known {
  /** Its zygotes. */
  readonly zygotes: Set<number>;
  /** Others that its main process started, which are none. */
  readonly others: Set<number>;
}

/**
 * Finds browsers that lost a zygote. Zygotes start a browser's other processes: without one, it answers every command and opens no
 * page.
 */
export class Zygotes {
  #known = new Map<number, Known>();

  /**
   * Those of these browsers without one of the zygotes that they had.
   * @param found the processes of each browser, by its first one.
   */
  lost(found: ReadonlyMap<number, readonly ProcessUse[]>): ReadonlySet<number> {
    this.#known = new Map([...found.keys()].map((pid) => [pid, this.#known.get(pid) ?? nothing()]));
    return new Set(
      [...this.#known].filter(([pid, known]) => look(pid, known, found.get(pid) ?? [])).map(([pid]) => pid),
    );
  }
}

function nothing(): Known {
  return { zygotes: new Set(), others: new Set() };
}

/** The first process is the shell around the main one, which starts the zygotes; these have children of the same command. */
function look(first: number, { zygotes, others }: Known, processes: readonly ProcessUse[]): boolean {
  const living = processes.filter(({ isDead }) => !isDead);
  const main = new Set(living.filter(({ parent }) => parent === first).map(({ pid }) => pid));
  for (const { pid, parent } of living) {
    if (!main.has(parent) || zygotes.has(pid) || others.has(pid)) continue;
    const type = /--type=([a-z-]+)/.exec(commandOf(pid))?.[1];
    if (type === 'zygote') zygotes.add(pid);
    else if (type !== undefined) others.add(pid); // until it runs its program, it has its parent's command
  }
  const alive = new Set(living.map(({ pid }) => pid));
  return [...zygotes].some((pid) => !alive.has(pid));
}
