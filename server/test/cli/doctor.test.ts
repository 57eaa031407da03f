import assert from 'node:assert/strict';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { page, startOrigin } from '../harness/origin.ts';

interface Check {
  readonly name: string;
  readonly level: 'good' | 'hint' | 'bad';
  readonly says: string;
  readonly mend?: string;
}

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-doctor-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const run = (dataDir: string, more: Record<string, string> = {}, ...args: string[]) =>
  ogplus(['doctor', ...args], { OGPLUS_DATA_DIR: dataDir, OGPLUS_SERVICE: '', ...more });

async function checks(dataDir: string, more: Record<string, string> = {}) {
  const { code, stdout, stderr } = await run(dataDir, more, '--json');
  assert.equal(stderr, `Data folder: ${dataDir}\n`);
  const { ok, checks: found } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
  assert.equal(ok, code === 0);
  for (const { level, mend } of found) assert.equal(mend === undefined, level === 'good');
  return { code, of: (name: string) => found.find((one) => one.name === name) };
}

describe('ogplus doctor', () => {
  it('finds a machine well on which cards can be drawn, and says what it compared', async () => {
    const dataDir = await makeDataFolder(join(folder, 'well'));
    const dated = (ago: number) => page({ headers: { Date: new Date(Date.now() - ago).toUTCString() } });
    await using origin = await startOrigin(dated(0));
    const made = await ogplus(['site', 'create', origin.url], { OGPLUS_DATA_DIR: dataDir, OGPLUS_SERVICE: '' });
    assert.equal(made.code, 0);
    const { code, of } = await checks(dataDir);
    assert.equal(code, 0);
    for (const name of ['data folder', 'store', 'master key', 'node', 'disk', 'clock', 'browser', 'fonts']) {
      assert.equal(of(name)?.level, 'good', `${name}: ${of(name)?.says}`);
    }
    assert.match(of('store')?.says ?? '', /1 websites/);
    assert.ok(of('clock')?.says.includes(origin.url));
    assert.equal(of('public address')?.level, 'hint');
    origin.answer = dated(3_600_000);
    const late = await checks(dataDir);
    assert.equal(late.code, 1);
    assert.match(late.of('clock')?.says ?? '', /^3(599|60\d) s ahead of the clock of http/);
  });

  it('names what is wrong with the data folder, and makes none', async () => {
    const nowhere = join(folder, 'nowhere');
    const absent = await checks(nowhere);
    assert.deepEqual([absent.code, absent.of('data folder')?.level], [1, 'bad']);
    await assert.rejects(access(nowhere));

    const open = await makeDataFolder(join(folder, 'open'));
    await chmod(join(open, 'secret.key'), 0o644);
    const read = await checks(open);
    assert.deepEqual(
      [read.code, read.of('master key')?.mend],
      [1, `Make it private: chmod 600 ${join(open, 'secret.key')}`],
    );
  });

  it('names a browser that does not start, and names that lead nowhere, each with the mend', async () => {
    const dataDir = await makeDataFolder(join(folder, 'public'));
    const { code, stdout } = await run(dataDir, {
      OGPLUS_BROWSER: '/bin/false',
      OGPLUS_URL: 'https://ogplus.invalid',
      OGPLUS_CONNECTION_DOMAIN: 'cards.invalid',
    });
    assert.equal(code, 1);
    for (const line of [
      /^✗ browser .+\n {4}\S/m,
      /^✗ DNS +ogplus\.invalid has no address: .+\n {4}Add a DNS record/m,
      /^✗ wildcard name +\*\.cards\.invalid has no address: .+\n {4}Add a DNS record for the wildcard: \*\.cards\.invalid CNAME ogplus\.invalid/m,
      /^✗ TLS +no valid certificate for ogplus\.invalid/m,
      /^✗ wildcard TLS +no valid certificate for \*\.cards\.invalid/m,
      /^✗ proxy: client address .+\n {4}Set OGPLUS_TRUSTED_PROXIES/m,
    ]) {
      assert.match(stdout, line);
    }
  });
});
