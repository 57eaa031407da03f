import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Asking } from '../harness/asking.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { startTestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const asking = new Asking({
  OGPLUS_FETCHES_PER_WEBSITE: '2',
  OGPLUS_QUEUE_LIMIT: '3',
  OGPLUS_FETCH_TIMEOUT_MS: '1500',
});

describe('a website of which many pages are wanted', () => {
  it('is asked for a few at once; the rest wait their turn, and too many are turned away', async () => {
    const release = Promise.withResolvers<void>();
    const answer = page();
    asking.origin.answer = (req, res) => void release.promise.then(() => answer(req, res));
    const wanted = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => asking.ask({}, `${asking.target}/${name}`));
    const [first] = await Promise.race(wanted.map((ask) => ask.then((answered) => [answered] as const)));
    assert.deepEqual([first?.status, first?.headers['retry-after']], [503, '2']);
    assert.equal(asking.origin.heard.length, 2);
    release.resolve();
    const statuses = (await Promise.all(wanted)).map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 503]);
  });

  it('that never answers holds up no other website', async () => {
    await using other = await startOrigin(page());
    const website = await asking.test.website(other.url);
    asking.origin.answer = () => {};
    const stuck = ['a', 'b', 'c'].map((name) => asking.ask({}, `${asking.target}/${name}`));
    await until('the website is asked', () => asking.origin.heard.length === 2);
    assert.equal((await asking.test.card(website, '/')).status, 200);
    const answers = await Promise.all(stuck);
    for (const { status } of answers) assert.equal(status, 504);
  });
});

describe('a failing page', () => {
  it('is left alone for as long as its Retry-After says', async () => {
    asking.origin.answer = page({ status: 503, headers: { 'Retry-After': '120' } });
    const { status, requests } = await asking.ask();
    assert.deepEqual([status, requests], [502, 1]);
    asking.test.clock.move(100);
    assert.equal((await asking.ask()).requests, 0);
    asking.test.clock.move(25);
    asking.origin.answer = page();
    assert.deepEqual((await asking.ask()).status, 200);
  });
});

describe('a fetch', () => {
  it('names the software and where it says what it is', async () => {
    await asking.ask();
    const agent = asking.origin.heard[0]?.headers['user-agent'] ?? '';
    const [, about = ''] = /^OpenGraphPlus\/[\d.]+ \(\+(\S+)\) \(like Twitterbot\)$/.exec(agent) ?? [];
    const answer = await asking.test.ask(new URL(about).pathname);
    assert.equal(answer.status, 200);
    assert.match(answer.body.toString(), /cache\s+headers/);
  });

  it('carries a token that only the owner knows, where the owner wants it, and to no other origin', async () => {
    await using test = await startTestService();
    await using elsewhere = await startOrigin(page());
    await using site = await startOrigin(page());
    const website = await test.website(site.url);
    await test.card(website, '/without');
    await test.service.store.websites.changeSettings(website.id, { fetchToken: true });
    await test.card(website, '/with');
    site.answer = (_, res) => void res.writeHead(302, { Location: `${elsewhere.url}/there` }).end();
    assert.equal((await test.card(website, '/away')).status, 403);
    const tokens = site.heard.map(({ headers }) => headers['ogplus-token']);
    assert.equal(tokens[0], undefined);
    assert.match(String(tokens[1]), /^[\w-]{43}$/);
    assert.equal(tokens[2], tokens[1]);
    assert.deepEqual(elsewhere.heard, []);
  });
});
