import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { page, startOrigin } from '../../server/test/harness/origin.ts';
import { startTestService } from '../../server/test/harness/service.ts';
import { tool } from './tool.ts';

const deploy = fileURLToPath(new URL('..', import.meta.url));

describe('the systemd unit', () => {
  it('is valid, and confines the service', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-unit-'));
    try {
      const given = await readFile(join(deploy, 'systemd', 'ogplus.service'), 'utf8');
      const unit = join(folder, 'ogplus.service');
      await writeFile(unit, given.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
      const verified = await tool('systemd-analyze', ['verify', unit], 'systemd');
      assert.deepEqual(verified, { code: 0, text: '' });
      // 10 is no confinement, 0 is all of it.
      const judged = await tool('systemd-analyze', ['security', '--offline=yes', '--threshold=30', unit], 'systemd');
      assert.equal(judged.code, 0, judged.text);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('the compose files', () => {
  const names = [
    'OGPLUS_SITE',
    'OGPLUS_CARDS',
    'OGPLUS_MASTER_KEY',
    'POSTGRES_PASSWORD',
    'S3_ACCESS_KEY',
    'S3_SECRET_KEY',
  ];
  for (const file of ['compose.yaml', 'compose.nodes.yaml']) {
    it(`are valid: ${file}`, async () => {
      const folder = join(deploy, 'container');
      const given = names.map((name) => `${name}=x`);
      const { code, text } = await tool(
        'env',
        [...given, 'docker-compose', '-f', file, 'config'],
        'docker-compose',
        folder,
      );
      assert.equal(code, 0, text);
    });
  }
});

describe('the alerts', () => {
  const folder = join(deploy, 'prometheus');
  it('are valid rules', async () => {
    const { code, text } = await tool('promtool', ['check', 'rules', 'ogplus.rules.yaml'], 'prometheus', folder);
    assert.equal(code, 0, text);
  });
  it('fire when they should, and not otherwise', async () => {
    const { code, text } = await tool('promtool', ['test', 'rules', 'ogplus.rules.test.yaml'], 'prometheus', folder);
    assert.equal(code, 0, text);
  });
});

describe('the alerts and the Grafana board', () => {
  it('name metrics that the service has', async () => {
    await using test = await startTestService();
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    const website = await test.website(origin.url);
    assert.equal((await test.card(website, '/')).status, 200);
    assert.equal((await test.ask('/', { host: 'aaaaaaaa.localhost' })).status, 404);
    const metrics = (await test.ask('/metrics')).body.toString();
    const known = new Set([...metrics.matchAll(/^([a-z0-9_]+)(?=[ {])/gm)].map(([, name]) => name));
    const files = ['grafana/ogplus.json', 'prometheus/ogplus.rules.yaml'];
    const texts = await Promise.all(files.map((file) => readFile(join(deploy, file), 'utf8')));
    const named = new Set(texts.join('\n').match(/\b(ogplus|process|nodejs)_[a-z0-9_]+\b/g));
    assert.ok(named.size > 10);
    assert.deepEqual(
      [...named].filter((name) => !known.has(name)),
      [],
    );
  });
});
