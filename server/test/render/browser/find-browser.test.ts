import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('the browser to draw with', () => {
  it('is the configured one', async () => {
    const path = await program('mine');
    assert.deepEqual(await findBrowser(path, folder), { kind: 'executable', path, environment: {} });
  });

  it('runs elsewhere where the setting is an address', async () => {
    assert.deepEqual(await findBrowser('ws://127.0.0.1:1/x', folder), { kind: 'remote', url: 'ws://127.0.0.1:1/x' });
  });

  it("is the system's headless shell ahead of its other ones", async () => {
    await program('google-chrome');
    const chromium = await program('chromium');
    assert.deepEqual(await findBrowser(undefined, folder), { kind: 'executable', path: chromium, environment: {} });
    const shell = await program('chromium-headless-shell');
    assert.deepEqual(await findBrowser(undefined, folder), { kind: 'executable', path: shell, environment: {} });
  });

  it('is the one that comes with npm where the system has none', async () => {
    const [one, two] = await Promise.all([findBrowser(undefined, ''), findBrowser(undefined, '')]);
    assert.equal(one.kind, 'executable');
    assert.deepEqual(one, two);
  });

  it('is a clear error where the path leads to nothing or to no program', async () => {
    await assert.rejects(
      findBrowser(join(folder, 'nothing')),
      /^Error: OGPLUS_BROWSER=.*: there is no program at this path\.$/,
    );
    const text = await program('text', 0o644);
    await assert.rejects(findBrowser(text), /^Error: OGPLUS_BROWSER=.*: this is no program that may be executed\.$/);
    await assert.rejects(startTestRenderer({ browser: folder }), /OGPLUS_BROWSER=/);
  });
});
