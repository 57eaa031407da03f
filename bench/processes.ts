import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Starts a program and waits for a line that matches; the match is what it said. */
export async function startUntil(command: string, args: readonly string[], env: Record<string, string>, says: RegExp) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
      const found = says.exec(output);
      if (found !== null) resolve(found);
    });
    child.once('close', () => reject(new Error(`${command} ended: ${output}`)));
  });
  return { child, match, [Symbol.asyncDispose]: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

export function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** Where a program lies, or undefined. */
export function programNamed(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name} || ls /usr/sbin/${name} 2>/dev/null`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Resident memory of a process, MB; 0 where it has ended. */
export function residentMB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(fileOf(pid, 'status'))?.[1] ?? 0) / 1024;
}

// Linux counts in hundredths of a second.
const tick = 10;

/** Time of a core that a process has used, milliseconds; 0 where it has ended. */
export function coreTime(pid: number): number {
  const [user = 0, system = 0] = fileOf(pid, 'stat').split(') ').at(-1)?.split(' ').slice(11, 13).map(Number) ?? [];
  return (user + system) * tick;
}

/** The process and all that descend from it. */
export function processTree(pid: number): number[] {
  const living = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = living.map(
    (id) => [Number(id), Number(/PPid:\s+(\d+)/.exec(fileOf(Number(id), 'status'))?.[1] ?? 0)] as const,
  );
  const tree = [pid];
  for (const parent of tree) for (const [id, of] of parents) if (of === parent) tree.push(id);
  return tree;
}

function fileOf(pid: number, name: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // it ended in this moment
  }
}
