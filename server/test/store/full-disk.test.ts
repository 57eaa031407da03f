import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataFolder } from './harness-sqlite.ts';

const run = promisify(execFile);
const program = (name: string) => fileURLToPath(new URL(`processes/${name}`, import.meta.url));

/** In mounts of one's own, which end with the process; another user than root needs a user namespace for them. */
const ownMounts = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];
const canMount = await run('unshare', [...ownMounts, 'true']).then(
  () => true,
  () => false,
);

describe('a full disk', () => {
  it('costs what is written, with an error that says so, and nothing else, and is over when there is room', {
    skip: !canMount && 'this machine allows no mounts of one’s own',
  }, async () => {
    await using folder = await dataFolder();
    const script = 'mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" "$3" "$1"';
    const args = [...ownMounts, 'sh', '-c', script, 'sh', folder.path, process.execPath, program('full-disk.ts')];
    assert.deepEqual(await run('unshare', args), { stdout: '', stderr: '' });
  });

  it('of a quota that nothing can ask for is an error of the write as well', async () => {
    await using folder = await dataFolder();
    const script = 'ulimit -f 1024; exec "$1" "$2" "$3"';
    const args = ['-c', script, 'bash', process.execPath, program('short-files.ts'), folder.path];
    assert.deepEqual(await run('bash', args), { stdout: '', stderr: '' });
  });
});
