import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of a process in milliseconds, with that of its children whose command line contains `of`. */
export function cpuOf(pid: number, of?: string): number {
  if (of === undefined) return timeOf(pid);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = pids.filter((name) => parentOf(name) === pid && textOf(`/proc/${name}/cmdline`).includes(of));
  return children.reduce((sum, name) => sum + timeOf(Number(name)), timeOf(pid));
}

/** The scheduler counts nanoseconds for each thread; `stat` has hundredths of a second only. */
function timeOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const spent = threads.map((thread) => Number(textOf(`/proc/${pid}/task/${thread}/schedstat`).split(' ', 1)[0]));
  return spent.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

function parentOf(pid: string): number {
  const stat = textOf(`/proc/${pid}/stat`);
  // After the name in brackets, which may contain anything: state, parent, …
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Empty if the process has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
