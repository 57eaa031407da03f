import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unpackBrowser } from '../../../src/render/browser/unpack-browser.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-unpack-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const itUnpacks = process.platform === 'linux' && process.arch === 'x64' ? it : it.skip;

describe('the browser that comes with npm', () => {
  itUnpacks('is unpacked anew where only a part of it is there, and what killed processes left goes', async () => {
    const { executable: whole } = await unpackBrowser();
    const name = basename(join(whole, '..'));
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'chromium'), 'the first bytes of', { mode: 0o755 });
    const [left, underWay] = [join(folder, 'draft-left'), join(folder, 'draft-now')];
    await mkdir(left);
    await utimes(left, 1_700_000_000, 1_700_000_000);
    await mkdir(underWay);

    const { executable, environment } = await unpackBrowser(undefined, folder);
    assert.equal(executable, join(folder, name, 'chromium'));
    assert.match(execFileSync(executable, ['--version'], { env: environment, encoding: 'utf8' }), /Chromium|Chrome/);
    assert.deepEqual((await readdir(folder)).toSorted(), [name, 'draft-now'].toSorted());
  });

  itUnpacks('is not unpacked a second time', async () => {
    const { executable } = await unpackBrowser(undefined, folder);
    const { ino } = await stat(executable);
    assert.equal((await unpackBrowser(undefined, folder)).executable, executable);
    assert.equal((await stat(executable)).ino, ino);
  });
});
