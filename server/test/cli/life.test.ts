import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endWithTests } from '../harness/child-processes.ts';
import { ogplus, serve } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-life-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Processes of the machine whose command line holds the profile folder of a service's browser. */
async function browsersOf(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`ogplus-browser-${pid}-`)) found.push(Number(name));
  }
  return found;
}

async function profilesOf(pid: number): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`ogplus-browser-${pid}-`));
}

const linux = process.platform === 'linux' ? false : 'the processes of another service are only seen on Linux';

describe('a service', { skip: linux }, () => {
  for (const [signal, code] of [
    ['SIGTERM', 0],
    ['SIGINT', 0],
    ['SIGKILL', null],
  ] as const) {
    it(`that gets ${signal} leaves no browser and no profile folder`, async () => {
      await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
      const env = { OGPLUS_DATA_DIR: join(folder, signal), OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' };
      await makeDataFolder(env.OGPLUS_DATA_DIR);
      const made = await ogplus(['site', 'create', origin.url, '--json'], env);
      const { publicKey } = JSON.parse(made.stdout) as { publicKey: string };
      await using service = await serve(env);
      const card = await fetch(`${service.address}/api/websites/v1/domain/${publicKey}/image/`);
      assert.equal(card.status, 200);
      assert.ok((await browsersOf(service.pid)).length > 0);
      service.signal(signal);
      assert.equal(await service.ended, code);
      await until('the browser is gone', async () => (await browsersOf(service.pid)).length === 0);
      await until('its profile is gone', async () => (await profilesOf(service.pid)).length === 0);
    });
  }

  it('that npm started ends with npm', async () => {
    const env = { ...process.env, OGPLUS_PORT: '0', OGPLUS_DATA_DIR: join(folder, 'npm') };
    const npm = endWithTests(
      spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'], detached: true }),
    );
    const ended = new Promise((resolve) => npm.once('close', resolve));
    let output = '';
    npm.stdout.on('data', (text) => {
      output += text;
    });
    await until('it is ready', () => /is ready at/.test(output));
    const [, address = ''] = /ready at (\S+)/.exec(output) ?? [];
    assert.equal((await fetch(`${address}/healthz`)).status, 200);
    npm.kill('SIGTERM');
    assert.equal(await ended, 0);
    await assert.rejects(fetch(`${address}/healthz`));
  });

  it('draws on after its browser was killed', async () => {
    await using origin = await startOrigin(page());
    const env = { OGPLUS_DATA_DIR: join(folder, 'killed'), OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' };
    await makeDataFolder(env.OGPLUS_DATA_DIR);
    const made = await ogplus(['site', 'create', origin.url, '--json'], env);
    const { publicKey } = JSON.parse(made.stdout) as { publicKey: string };
    await using service = await serve(env);
    const card = () => fetch(`${service.address}/api/websites/v1/domain/${publicKey}/image/`);
    assert.equal((await card()).status, 200);
    for (let round = 0; round < 3; round++) {
      const drawing = card();
      for (const pid of await browsersOf(service.pid)) process.kill(pid, 'SIGKILL');
      assert.equal((await drawing).status, 200, `round ${round}`);
      assert.equal((await card()).status, 200);
    }
    const ready = await fetch(`${service.address}/readyz`);
    assert.deepEqual(await ready.json(), { store: 'ok', browser: 'ok' });
    assert.equal((await fetch(`${service.address}/healthz`)).status, 200);
    assert.match(await (await fetch(`${service.address}/metrics`)).text(), /ogplus_answers_total\{kind="miss"\}/);
    service.signal('SIGTERM');
    assert.equal(await service.ended, 0);
  });
});
