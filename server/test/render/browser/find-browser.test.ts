import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { startTestRenderer } from '../harness.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-find-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, mode = 0o755): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, mode);
  return path;
}

const bundled = async () => ({ executable: '/comes/with/npm', environment: {} });
const noneBundled = () => Promise.reject(new Error('There is none for this machine.'));

describe('the browser to draw with', () => {
  it('is the configured one', async () => {
    const path = await program('mine');
    assert.deepEqual(await findBrowser(path, { path: folder }), { kind: 'executable', path, environment: {} });
  });

  it('runs elsewhere where the setting is an address', async () => {
    assert.deepEqual(await findBrowser('ws://127.0.0.1:1/x'), { kind: 'remote', url: 'ws://127.0.0.1:1/x' });
  });

  it('is the headless shell that comes with npm, whatever the system has', async () => {
    await program('chromium-headless-shell');
    const found = await findBrowser(undefined, { path: folder, unpack: bundled });
    await rm(join(folder, 'chromium-headless-shell'));
    assert.deepEqual(found, { kind: 'executable', path: '/comes/with/npm', environment: {} });
  });

  it("is the system's headless shell, then its Chromium, then its Chrome, where that one does not run", async () => {
    const found = async () => {
      const browser = await findBrowser(undefined, { path: folder, unpack: noneBundled });
      return browser.kind === 'executable' ? basename(browser.path) : browser.url;
    };
    for (const name of ['google-chrome', 'chromium', 'chromium-headless-shell']) {
      await program(name);
      assert.equal(await found(), name);
    }
  });

  it('is a clear error where there is none', async () => {
    await assert.rejects(findBrowser(undefined, { path: '', unpack: noneBundled }), /There is none for this machine\./);
  });

  it('is a clear error where the path leads to nothing or to no program', async () => {
    await assert.rejects(
      findBrowser(join(folder, 'nothing')),
      /^Error: OGPLUS_BROWSER=.*: there is no program at this path\.$/,
    );
    const text = await program('text', 0o644);
    await assert.rejects(findBrowser(text), /^Error: OGPLUS_BROWSER=.*: this is not an executable program\.$/);
    await assert.rejects(startTestRenderer({ browser: folder }), /OGPLUS_BROWSER=/);
  });
});
