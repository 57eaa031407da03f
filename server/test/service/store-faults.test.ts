import assert from 'node:assert/strict';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runOnSmallDisk, withoutDisk } from '../harness/own-mounts.ts';
import { startTestService } from '../harness/service.ts';

describe('a service whose disk is full', () => {
  it('sends the cards that it draws and has, says that it is not ready, and keeps cards again afterwards', {
    skip: withoutDisk,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-full-'));
    const program = fileURLToPath(new URL('processes/full-disk.ts', import.meta.url));
    assert.deepEqual(await runOnSmallDisk(program, folder, 24), { stdout: '', stderr: '' });
    await rm(folder, { recursive: true });
  });
});

describe('a service whose data folder is taken away', () => {
  it('says that it is not ready, and why in the log, until the folder is back', async () => {
    const log: string[] = [];
    const write = (line: string) => void log.push(line);
    await using test = await startTestService({ OGPLUS_LOG_LEVEL: 'error' }, { write });
    const ready = async () => (await test.ask('/readyz')).status;
    assert.equal(await ready(), 200);
    await rename(test.dataDir, `${test.dataDir}-moved`);
    assert.equal(await ready(), 503);
    assert.match(log.join(''), /The data folder was removed or replaced/);
    await rename(`${test.dataDir}-moved`, test.dataDir);
    assert.equal(await ready(), 200);
  });
});
