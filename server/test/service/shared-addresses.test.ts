import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { sign } from '../../src/websites/signature.ts';
import { callApi } from '../harness/api.ts';
import { Asking, cost, drawn, nothing } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();
const kept = { 'Cache-Control': 'max-age=600' };
const crawlers = { twitter: 'Twitterbot/1.0', whatsapp: 'WhatsApp/2.23.20.0', slack: 'Slackbot-LinkExpanding 1.0' };

async function change(settings: object): Promise<void> {
  const { status } = await callApi(asking.test, asking.website, '/settings', { method: 'PATCH', body: settings });
  assert.equal(status, 200);
}

describe('a link that is shared with parameters of a campaign', () => {
  it('is the same card as without them', async () => {
    asking.origin.answer = page({ headers: kept });
    assert.deepEqual(cost(await asking.ask({}, `${asking.target}?id=7`)), drawn);
    for (const query of ['id=7&utm_source=news', 'utm_medium=a&id=7', 'fbclid=x&id=7&gclid=', '%75tm_id=1&id=7&_hsmi'])
      assert.deepEqual(cost(await asking.ask({}, `${asking.target}?${query}`)), nothing, query);
    assert.deepEqual(
      asking.origin.heard.map(({ target }) => target),
      [`${asking.target}?id=7`],
    );
  });

  it('is the same card as the page without a query, where it has no other parameters', async () => {
    asking.origin.answer = page({ headers: kept });
    assert.deepEqual(cost(await asking.ask()), drawn);
    assert.deepEqual(cost(await asking.ask({}, `${asking.target}?utm_campaign=a&ogplus_v=2`)), nothing);
  });

  it('is asked for byte for byte where it has none of them', async () => {
    asking.origin.answer = page({ headers: kept });
    await asking.ask({}, `${asking.target}?utm=1&b=%2f&&a=`);
    assert.equal(asking.origin.heard[0]?.target, `${asking.target}?utm=1&b=%2f&&a=`);
  });

  it('is a card of its own where the website says so, and leaves out what it names instead', async () => {
    asking.origin.answer = page({ headers: kept });
    await change({ ignoredParameters: ['ref', 'my_*'] });
    try {
      assert.deepEqual(cost(await asking.ask({}, `${asking.target}?utm_source=news`)), drawn);
      assert.deepEqual(cost(await asking.ask({}, `${asking.target}?ref=a&utm_source=news&my_x=1`)), nothing);
      await change({ ignoredParameters: [] });
      assert.deepEqual(cost(await asking.ask({}, `${asking.target}?ref=a`)), drawn);
      assert.equal(asking.origin.heard.at(-1)?.target, `${asking.target}?ref=a`);
    } finally {
      await change({ ignoredParameters: null });
    }
  });

  it('means another card from the next request on, when the website says so', async () => {
    asking.origin.answer = page({ headers: kept });
    const shared = `${asking.target}?utm_source=news`;
    assert.deepEqual(cost(await asking.ask({}, shared)), drawn);
    assert.deepEqual(cost(await asking.ask({}, shared)), nothing);
    await change({ ignoredParameters: [] });
    try {
      assert.deepEqual(cost(await asking.ask({}, shared)), drawn);
      assert.equal(asking.origin.heard.at(-1)?.target, shared);
    } finally {
      await change({ ignoredParameters: null });
    }
  });

  it('is purged by any of its addresses', async () => {
    asking.origin.answer = page({ headers: kept });
    await asking.ask();
    const body = { kind: 'page', target: `${asking.origin.url}${asking.target}?utm_source=news` };
    const { status } = await callApi(asking.test, asking.website, '/purges', { method: 'POST', body });
    assert.ok(status < 300, String(status));
    assert.deepEqual(cost(await asking.ask()), drawn);
  });

  it('is taken as it is signed', async () => {
    asking.origin.answer = page({ headers: kept });
    const { publicKey } = asking.website;
    const secret = secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), publicKey);
    const query = `url=${encodeURIComponent(`${asking.target}?utm_source=news`)}`;
    const { status } = await asking.test.ask(`/api/websites/v1/${sign(publicKey, secret, query)}/image?${query}`);
    assert.equal(status, 200);
    assert.equal(asking.origin.heard.at(-1)?.target, `${asking.target}?utm_source=news`);
    assert.ok(apiKeyOf(publicKey, secret).length > 0);
  });

  it('is refused with a sentence where a name cannot be one of a parameter', async () => {
    for (const name of ['', 'a&b', 'a=b', 'a b', '*', 'a*b', 'x'.repeat(101)]) {
      const body = { ignoredParameters: [name] };
      const { status } = await callApi(asking.test, asking.website, '/settings', { method: 'PATCH', body });
      assert.ok(status === 400 || status === 422, `${name}: ${status}`);
    }
  });
});

describe('an address that gives each network its own picture', () => {
  it('says so, in 200 and 304 alike', async () => {
    asking.origin.answer = page({ headers: kept });
    const { headers } = await asking.ask();
    assert.equal(headers['vary'], 'User-Agent');
    const again = await asking.ask({ 'if-none-match': headers['etag'] ?? '' });
    assert.deepEqual([again.status, again.headers['vary']], [304, 'User-Agent']);
  });

  it('says so of the language too, where the page varies by it', async () => {
    asking.origin.answer = page({ headers: { ...kept, Vary: 'Accept-Language' } });
    const { headers } = await asking.ask({ 'accept-language': 'de' });
    assert.equal(headers['vary'], 'User-Agent, Accept-Language');
  });

  it('does not where it names the network itself', async () => {
    asking.origin.answer = page({ headers: kept });
    await asking.ask(); // the same card, asked for in the other way
    const { headers } = await asking.ask({}, `${asking.target}?ogplus_consumer=generic`);
    assert.match(headers['cache-status'] ?? '', /; hit/);
    assert.equal(headers['vary'], undefined);
  });
});

describe('a website with one card for all networks', () => {
  it('has each page drawn once, under every limit, and says nothing of who asks', async () => {
    asking.origin.answer = page({ headers: kept });
    await change({ oneCard: true });
    try {
      const first = await asking.ask({ 'user-agent': crawlers.twitter });
      assert.equal(first.renders, 1);
      assert.equal(first.headers['vary'], undefined);
      assert.match(first.headers['content-type'] ?? '', /^image\/(jpeg|png)$/);
      assert.ok(first.body.length <= 600_000);
      for (const agent of [crawlers.whatsapp, crawlers.slack, 'curl/8']) {
        const next = await asking.ask({ 'user-agent': agent });
        assert.deepEqual(cost(next), nothing, agent);
        assert.equal(next.headers['etag'], first.headers['etag']);
      }
    } finally {
      await change({ oneCard: false });
    }
    const own = await asking.ask({ 'user-agent': crawlers.twitter });
    assert.equal(own.headers['vary'], 'User-Agent');
    assert.deepEqual(cost(own), drawn, 'what was drawn for all is nobody’s own');
  });
});
