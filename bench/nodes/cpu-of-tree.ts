import { readdirSync, readFileSync } from 'node:fs';

// Linux counts in hundredths of a second.
const tickMs = 10;

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its CPU time and that of its children that have ended. */
  readonly ms: number;
}

/** CPU time of a process in milliseconds, with that of all its children and theirs. */
export function cpuOfTree(pid: number): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processOf(Number(name)) : []));
  const below = (parent: number): number =>
    all.filter((one) => one.parent === parent).reduce((sum, one) => sum + one.ms + below(one.pid), 0);
  return below(pid) + (all.find((one) => one.pid === pid)?.ms ?? 0);
}

function processOf(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in brackets, which may contain anything: state, parent, …
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ pid, parent: Number(fields[1]), ms: ticks * tickMs }];
  } catch {
    return []; // it has ended
  }
}
