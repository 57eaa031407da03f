import { readdirSync, readFileSync } from 'node:fs';
import { ProcessTable } from '../../server/src/render/browser/process/process-table.ts';

/** What the browsers of the service are, as the machine says: the service is not asked. */
export interface Browsers {
  /** The first process of each, which begins its session. */
  readonly roots: readonly number[];
  /** Bytes that they take together. */
  readonly bytes: number;
  readonly processes: ReadonlyArray<{ readonly pid: number; readonly command: string; readonly user: number }>;
}

const table = new ProcessTable();

export async function browsersOf(service: number): Promise<Browsers> {
  const roots = readdirSync('/proc')
    .filter((name) => /^\d/.test(name) && isRoot(name, service))
    .map(Number);
  const found = [...(await table.look(new Set(roots))).values()].flat();
  return {
    roots,
    bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
    processes: found.map(({ pid }) => ({
      pid,
      command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
      user: Number(/^Uid:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? -1),
    })),
  };
}

function isRoot(pid: string, service: number): boolean {
  const stat = textOf(`/proc/${pid}/stat`);
  const [, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 4);
  return Number(parent) === service && session === pid;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it ended in this moment
  }
}
