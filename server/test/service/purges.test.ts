import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PurgeScope } from '../../src/model/change.ts';
import type { Target } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { startTestService } from '../harness/service.ts';

const headers = { 'Cache-Control': 'max-age=3600' };
const scopes: readonly PurgeScope[] = [
  { kind: 'page', target: '/page' as Target },
  { kind: 'prefix', prefix: '/pa' as Target },
  { kind: 'website' },
];

/** An origin whose next answer waits until it is let go. */
async function slowOrigin(first: Origin['answer']) {
  const arrived = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const origin = await startOrigin(async (req, res) => {
    if (req.url !== '/page') return page({ headers })(req, res);
    arrived.resolve();
    await held.promise;
    first(req, res);
  });
  return { origin, arrived: arrived.promise, letGo: () => held.resolve() };
}

describe('a page that is purged while it is fetched', () => {
  for (const scope of scopes) {
    it(`is fetched and drawn anew for whoever asks later (purge of the ${scope.kind})`, async () => {
      await using test = await startTestService();
      const { origin, arrived, letGo } = await slowOrigin(page({ headers, body: 'old' }));
      await using _ = origin;
      const website = await test.website(origin.url);
      const waiting = test.card(website, '/page');
      await arrived;
      await test.service.store.changes.purge(website.id, scope);
      await test.card(website, '/another'); // any request: the purge is known to the whole service now
      letGo();
      const old = await waiting;
      assert.equal(old.status, 200);
      assert.equal(old.headers['cache-control'], 'no-store', 'nobody may keep what was purged');

      origin.answer = page({ headers, body: 'new' });
      const fresh = await test.card(website, '/page');
      assert.notDeepEqual(fresh.body, old.body);
      assert.match(fresh.headers['cache-status'] ?? '', /fwd=miss.*; stored/);
      const again = await test.card(website, '/page');
      assert.deepEqual(again.body, fresh.body);
      assert.match(again.headers['cache-status'] ?? '', /; hit/);
    });
  }

  it('forgets the failure of that fetch too', async () => {
    await using test = await startTestService();
    const { origin, arrived, letGo } = await slowOrigin((_, res) => void res.writeHead(500).end());
    await using _ = origin;
    const website = await test.website(origin.url);
    const waiting = test.card(website, '/page');
    await arrived;
    await test.service.store.changes.purge(website.id, { kind: 'website' });
    await test.card(website, '/another');
    letGo();
    assert.equal((await waiting).status, 502);
    origin.answer = page({ headers });
    assert.equal((await test.card(website, '/page')).status, 200);
  });
});

describe('a page that is purged while it is drawn', () => {
  it('is fetched and drawn anew for whoever asks later, whichever network it is for', async () => {
    await using test = await startTestService();
    const arrived = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    await using origin = await startOrigin(async (req, res) => {
      if (req.url !== '/slow.css')
        return page({ headers, head: '<link rel="stylesheet" href="/slow.css">old' })(req, res);
      arrived.resolve();
      await held.promise;
      res.writeHead(200, { 'Content-Type': 'text/css' }).end('');
    });
    const website = await test.website(origin.url);
    const waiting = test.card(website, '/page');
    await arrived.promise;
    await test.service.store.changes.purge(website.id, { kind: 'page', target: '/page' as Target });
    await test.card(website, '/unknown', {}, 'POST'); // a request that is refused passes on what was purged as well
    held.resolve();
    assert.equal((await waiting).status, 200);
    origin.answer = page({ headers, body: 'new' });
    for (const agent of ['Twitterbot/1.0', 'LinkedInBot/1.0', 'curl/8']) {
      const { headers: sent, status } = await test.card(website, '/page', { 'user-agent': agent });
      assert.equal(status, 200);
      assert.doesNotMatch(sent['cache-status'] ?? '', /; hit/);
    }
    assert.ok(origin.heard.filter(({ target }) => target === '/page').length >= 2);
  });
});
