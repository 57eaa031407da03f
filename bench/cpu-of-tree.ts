import { readdirSync, readFileSync } from 'node:fs';

// Linux counts in hundredths of a second.
const tickMs = 10;

/** CPU time of a process and of all that descends from it, in milliseconds; of those that ended too, once they were waited for. */
export function cpuOfTree(root: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const processes = pids.flatMap((name) => timeOf(Number(name)) ?? []);
  const tree = new Set([root]);
  for (const parent of tree) for (const { pid, parent: of } of processes) if (of === parent) tree.add(pid);
  return processes.filter(({ pid }) => tree.has(pid)).reduce((sum, { ms }) => sum + ms, 0);
}

/** CPU time of a process and of its threads, in milliseconds, without those that descend from it. */
export function cpuOf(pid: number): number {
  return timeOf(pid)?.ownMs ?? 0;
}

interface Time {
  readonly pid: number;
  /** With the processes that it waited for. */
  readonly ms: number;
  readonly ownMs: number;
  readonly parent: number;
}

function timeOf(pid: number): Time | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in brackets, which may contain anything: state, parent, …
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user = 0, system = 0, ...ended] = fields.slice(11, 15).map((ticks) => Number(ticks) * tickMs);
    const ownMs = user + system;
    return { pid, ms: ended.reduce((sum, ms) => sum + ms, ownMs), ownMs, parent: Number(fields[1]) };
  } catch {
    return undefined; // it has ended
  }
}
