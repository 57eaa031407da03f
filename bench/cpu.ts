import { readdirSync, readFileSync } from 'node:fs';

// Linux counts in hundredths of a second.
const tickMs = 10;

/** CPU time of a process in milliseconds, with that of its children whose command line contains `of`. */
export function cpuOf(pid: number, of?: string): number {
  const own = timeOf(pid)?.ms ?? 0;
  if (of === undefined) return own;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = pids.filter((name) => timeOf(Number(name))?.parent === pid && commandOf(name).includes(of));
  return children.reduce((sum, name) => sum + (timeOf(Number(name))?.ms ?? 0), own);
}

function timeOf(pid: number): { readonly ms: number; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in brackets, which may contain anything: state, parent, …
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { ms: (Number(fields[11]) + Number(fields[12])) * tickMs, parent: Number(fields[1]) };
  } catch {
    return undefined; // it has ended
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
