import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unpackBrowser } from '../../../src/render/browser/unpack-browser.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-unpack-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const itUnpacks = process.platform === 'linux' && process.arch === 'x64' ? it : it.skip;

describe('the browser that comes with npm', () => {
  itUnpacks('is unpacked anew where only a part of it is there', async () => {
    const name = basename(dirname((await unpackBrowser()).executable));
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'chromium'), 'the first bytes of', { mode: 0o755 });

    const { executable, environment } = await unpackBrowser([folder]);
    assert.equal(executable, join(folder, name, 'chromium'));
    assert.match(execFileSync(executable, ['--version'], { env: environment, encoding: 'utf8' }), /Chromium|Chrome/);
    const { ino } = await stat(executable);
    assert.equal((await unpackBrowser([folder])).executable, executable);
    assert.equal((await stat(executable)).ino, ino);
  });
});
