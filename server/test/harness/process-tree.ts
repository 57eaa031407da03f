import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** `pid` and all that descends from it, as the machine says now. */
export function processTree(pid: number): number[] {
  const living = livingProcesses();
  const tree = living.some((row) => row.pid === pid) ? [pid] : [];
  for (const parent of tree) {
    for (const row of living) if (row.parent === parent) tree.push(row.pid);
  }
  return tree;
}

export function isRunning(pid: number): boolean {
  return onLinux ? rowOf(pid) !== undefined : livingProcesses().some((row) => row.pid === pid);
}

/** The program of a process and what it was started with; empty where it has ended. */
export function commandOf(pid: number): string {
  try {
    if (onLinux) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

interface Row {
  readonly pid: number;
  readonly parent: number;
}

// `ps` is a process for each look, and tests look many times until something is so.
const onLinux = process.platform === 'linux';

/** All but those that have ended and wait for their parent. */
function livingProcesses(): Row[] {
  if (onLinux) return readdirSync('/proc').flatMap((name) => (/^\d/.test(name) ? (rowOf(Number(name)) ?? []) : []));
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

function rowOf(pid: number): Row | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may contain anything: state and parent (proc_pid_stat(5)).
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 2);
    return /[ZX]/.test(state) ? undefined : { pid, parent: Number(parent) };
  } catch {
    return undefined; // it ended in this moment
  }
}
