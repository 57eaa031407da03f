import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { page, startOrigin } from '../harness/origin.ts';
import { startTestService } from '../harness/service.ts';

describe('a store that cannot be read', () => {
  it('costs the keeping, never the card, and nothing is wrong afterwards', async () => {
    await using test = await startTestService();
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
    const website = await test.website(origin.url);
    const kept = await test.card(website, '/kept');
    const tables = ['changes', 'cards', 'purges'];
    using database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'));
    for (const table of tables) database.exec(`ALTER TABLE ${table} RENAME TO ${table}_away`);

    const fromMemory = await test.card(website, '/kept');
    assert.equal(fromMemory.status, 200);
    assert.deepEqual(fromMemory.body, kept.body);
    assert.match(fromMemory.headers['cache-status'] ?? '', /; hit; ttl=600; detail=store-unreachable/);
    assert.equal(fromMemory.headers['cache-control'], 'no-cache', 'it may have been purged');

    const ofAnother = await test.card(website, '/kept', { 'user-agent': 'Slackbot' });
    assert.equal(ofAnother.headers['cache-control'], 'no-cache', 'its document may have been purged');
    assert.match(ofAnother.headers['cache-status'] ?? '', /detail=store-unreachable/);

    const drawn = await test.card(website, '/new');
    assert.equal(drawn.status, 200);
    assert.equal(drawn.headers['cache-control'], 'no-cache');
    assert.doesNotMatch(drawn.headers['cache-status'] ?? '', /stored/);
    const renders = test.service.renderer.started;
    assert.equal((await test.card(website, '/new')).status, 200);
    assert.equal(test.service.renderer.started, renders, 'it is not drawn for each request');

    for (const table of tables) database.exec(`ALTER TABLE ${table}_away RENAME TO ${table}`);
    const again = await test.card(website, '/kept');
    assert.match(again.headers['cache-status'] ?? '', /; hit; ttl=600$/);
    await test.service.store.changes.purge(website.id, { kind: 'website' });
    assert.match((await test.card(website, '/kept')).headers['cache-status'] ?? '', /fwd=miss.*; stored/);
  });
});
