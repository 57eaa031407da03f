import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dataFolderBackend } from '../../src/cli/backend/data-folder.ts';
import { readConfig } from '../../src/config.ts';
import type { HostName, Origin, PublicKey, Target, WebsiteId } from '../../src/model/website.ts';
import { openStore } from '../../src/store/open-store.ts';
import { ogplus } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';

const all = { kinds: null, actor: null, limit: 100, before: null };

describe('commands on a data folder', () => {
  it('write into the audit log what they change', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-cli-audit-'));
    await using parts = new AsyncDisposableStack();
    parts.defer(() => rm(folder, { recursive: true, force: true }));
    const dataDir = await makeDataFolder(join(folder, 'data'));
    const backend = parts.use(await dataFolderBackend(readConfig({ OGPLUS_DATA_DIR: dataDir })));
    const { websites, keys, settings, cards, warmups } = backend;

    const website = await websites.create('https://example.com' as Origin);
    const { publicKey } = await keys.create(website);
    await keys.revoke(publicKey as PublicKey);
    await settings.change(website, { viewportWidth: 800, ownHost: 'cards.its-site.example' as HostName });
    await settings.change(website, { viewportWidth: 800 });
    await cards.purge(website, { kind: 'page', target: '/a' as Target });
    const { id } = await warmups.start(website, { sitemap: null, consumers: ['generic'] });
    await warmups.stop(website, id);
    await warmups.resume(website, id);
    await websites.remove(website);

    const store = parts.use(await openStore(dataDir));
    const entries = await store.audit.of(website.id as WebsiteId, all);
    const changes = [
      { name: 'viewportWidth', from: null, to: 800 },
      { name: 'ownHost', from: null, to: 'cards.its-site.example' },
    ];
    assert.deepEqual(
      entries.toReversed().map(({ action }) => action),
      [
        { kind: 'website.created', origin: 'https://example.com' },
        { kind: 'key.created', publicKey },
        { kind: 'key.revoked', publicKey },
        { kind: 'settings.changed', changes },
        { kind: 'website.host-proven', host: 'cards.its-site.example' },
        { kind: 'cache.purged', part: 'pages', count: 1, targets: ['/a'] },
        { kind: 'warmup.started', id, pages: null },
        { kind: 'warmup.stopped', id },
        { kind: 'warmup.resumed', id },
        { kind: 'website.removed', origin: 'https://example.com' },
      ],
    );
    const log = (...args: string[]) =>
      ogplus(['site', 'log', ...args], { OGPLUS_DATA_DIR: dataDir, OGPLUS_SERVICE: 'none' });
    const shown = await log('https://example.com');
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /^WHEN +WHO +WHAT +DETAILS\n\S+Z +command line +website\.removed +origin https:/);
    assert.match(shown.stdout, /settings\.changed +viewportWidth: not set → 800; ownHost: not set → cards\.its-site/);
    assert.match(shown.stdout, /cache\.purged +\/a\n/);
    assert.equal(JSON.parse((await log('https://example.com', '--json', '--limit', '3')).stdout).length, 3);
    assert.match((await log('https://other.example')).stderr, /There is no website https:\/\/other\.example/);
    assert.equal((await log('https://example.com', '--limit', '0')).code, 2);
    for (const { actor, address } of entries) assert.deepEqual([actor, address], [{ kind: 'command-line' }, null]);
  });
});
