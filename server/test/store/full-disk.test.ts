import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runOnSmallDisk, runWithShortFiles, withoutDisk } from '../harness/own-mounts.ts';
import { dataFolder } from './harness-sqlite.ts';

const program = (name: string) => fileURLToPath(new URL(`processes/${name}`, import.meta.url));
const silence = { stdout: '', stderr: '' };

describe('a full disk', () => {
  it('costs what is written, with an error that says so, and nothing else, and is over when there is room', {
    skip: withoutDisk,
  }, async () => {
    await using folder = await dataFolder();
    assert.deepEqual(await runOnSmallDisk(program('full-disk.ts'), folder.path, 6), silence);
  });

  it('of a quota that nothing can ask for is an error of the write as well', async () => {
    await using folder = await dataFolder();
    assert.deepEqual(await runWithShortFiles(program('short-files.ts'), folder.path, 1024), silence);
  });
});
