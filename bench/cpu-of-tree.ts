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

function timeOf(pid: number): { readonly pid: number; readonly ms: number; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in brackets, which may contain anything: state, parent, …
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid, ms: ticks * tickMs, parent: Number(fields[1]) };
  } catch {
    return undefined; // it has ended
  }
}
