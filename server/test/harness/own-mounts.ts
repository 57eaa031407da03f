import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { endWithTests } from './child-processes.ts';

const execute = promisify(execFile);
function run(command: string, args: readonly string[]) {
  const running = execute(command, args);
  endWithTests(running.child);
  return running;
}

/** In mounts of one's own, which end with the process; another user than root needs a user namespace for them. */
const ownMounts = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];

/** Why a test with a disk of its own cannot run here; false where it can. */
export const withoutDisk = await run('unshare', [...ownMounts, 'true']).then(
  () => false as const,
  () => 'this machine allows no mounts of one’s own',
);

/** Runs a program with a folder on a disk of `megabytes` of its own as its first argument. Gives what it wrote. */
export async function runOnSmallDisk(program: string, folder: string, megabytes: number) {
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$1" && exec "$2" "$3" "$1"`;
  return run('unshare', [...ownMounts, 'sh', '-c', script, 'sh', folder, process.execPath, program]);
}

/** Runs a program that can make no file of more than `kilobytes`. */
export async function runWithShortFiles(program: string, folder: string, kilobytes: number) {
  const script = `ulimit -f ${kilobytes}; exec "$1" "$2" "$3"`;
  return run('bash', ['-c', script, 'bash', process.execPath, program, folder]);
}
