import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PublicKey } from '../../src/model/website.ts';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { filesBelow } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const asking = new Asking();

async function apiKey(publicKey: PublicKey = asking.website.publicKey): Promise<string> {
  return apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), publicKey));
}

async function askApi(url: string, key: string | undefined) {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await asking.test.ask(`/api/v1/page?url=${encodeURIComponent(url)}`, headers);
  return { ...response, json: JSON.parse(response.body.toString()) };
}

async function told() {
  const { status, json } = await askApi(asking.origin.url + asking.target, await apiKey());
  assert.equal(status, 200);
  return json;
}
const isDrawing = (kind: string) => kind !== 'stale';
const kinds = (json: { decisions: Array<{ kind: string }> }) => json.decisions.map(({ kind }) => kind);

describe('the last decisions about a page', () => {
  it('are told newest first, with the header that decided in words', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60', ETag: '"a"' } });
    await asking.ask();
    await asking.ask(); // fresh: no decision
    asking.test.clock.move(61);
    await asking.ask();
    asking.test.clock.move(61);
    asking.origin.answer = page({ status: 503 });
    await asking.ask();
    asking.test.clock.move(10);
    await asking.test.service.store.changes.purge(asking.website.id, {
      kind: 'prefix',
      prefix: asking.target as never,
    });
    const json = await told();
    assert.deepEqual(kinds(json), ['purged', 'failed', 'revalidated', 'drawn']);
    const [, failed, revalidated, first] = json.decisions;
    assert.deepEqual([failed.status, failed.failure], [503, 'The page answers 503.']);
    assert.equal(revalidated.status, 304);
    assert.deepEqual([first.status, first.consumer], [200, 'generic']);
    assert.match(first.explanation.reasons[0], /^The lifetime is 1 minute, from Cache-Control: max-age\./);
    assert.equal(json.cards.length, 0); // purged
  });

  it('say why a drawing is no card, with the error of the page', async () => {
    const broken = page({ headers: { 'Cache-Control': 'max-age=60' }, body: '<script>null.mount()</script>' });
    asking.origin.answer = broken;
    const first = await asking.ask();
    assert.equal(first.status, 200);
    assert.match(first.headers['cache-status'] ?? '', /detail=unfinished-drawing/);
    assert.equal(first.headers['cache-control'], 'no-store');
    asking.test.clock.move(61);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' }, body: '<p>It works.</p>' });
    const second = await asking.ask();
    assert.match(second.headers['cache-status'] ?? '', /stored/);
    // Never in place of a good one.
    asking.test.clock.move(61);
    asking.origin.answer = broken;
    assert.deepEqual((await asking.ask()).body, second.body);
    // On a busy machine the drawing may take longer than a crawler waits.
    await until('the last drawing is over', async () => kinds(await told()).filter(isDrawing).length === 3);
    const json = await told();
    json.decisions = json.decisions.filter(({ kind }: { kind: string }) => isDrawing(kind));
    assert.deepEqual(kinds(json), ['unfinished', 'drawn', 'unfinished']);
    for (const { remarks } of [json.decisions[0], json.decisions[2]])
      assert.match(
        remarks.join(),
        /^The page is empty\.,The page has an error: TypeError: Cannot read properties of null/,
      );
    assert.deepEqual(json.decisions[1].remarks ?? [], []);
  });

  it('say what was not waited for', async () => {
    asking.origin.answer = (req, res) => {
      if (req.url === '/never') return;
      page({ headers: { 'Cache-Control': 'max-age=60' }, body: '<p>text</p><script async src="/never"></script>' })(
        req,
        res,
      );
    };
    const { headers } = await asking.ask();
    assert.match(headers['cache-status'] ?? '', /stored/);
    const [{ kind, remarks }] = (await told()).decisions;
    assert.equal(kind, 'drawn');
    assert.match(remarks.join(), /^Not waited for.*\/never/);
  });

  it('come with the cards that are kept, and what will happen with them', async () => {
    asking.origin.answer = page({ headers: { ETag: '"a"' } });
    await asking.ask();
    const { cards, explanation } = await told();
    assert.deepEqual([cards[0].consumer, cards[0].state, cards[0].picture.width], ['generic', 'stale', 2400]);
    assert.match(
      explanation.verdict,
      /^Every request asks the site whether the page changed\. It is drawn again only if it did\.$/,
    );
    assert.match(explanation.advice[0], /Every request from a network causes a request/);
  });

  it('are the same by the address of the page and by its path', async () => {
    asking.origin.answer = page({ headers: { ETag: '"a"' } });
    await asking.ask();
    const byUrl = await told();
    const query = new URLSearchParams({ target: asking.target });
    const headers = { authorization: `Bearer ${await apiKey()}` };
    const { body } = await asking.test.ask(`/api/v1/websites/${asking.website.id}/page?${query}`, headers);
    assert.deepEqual(JSON.parse(body.toString()), byUrl);
    assert.equal(byUrl.cards.length, 1);
  });

  it('are the last twenty', async () => {
    asking.origin.answer = page({ headers: { ETag: '"a"' } });
    for (let n = 0; n < 25; n++) await asking.ask();
    assert.deepEqual(
      kinds(await told()),
      Array.from({ length: 20 }, () => 'revalidated'),
    );
  });

  it('of a page with no-store are told, and nothing of it reaches the data folder', async () => {
    asking.target = '/secret-page';
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-store', ETag: '"secret-tag"' } });
    await asking.ask();
    const json = await told();
    assert.deepEqual(kinds(json), ['drawn']);
    assert.deepEqual(json.cards, []);
    assert.match(
      json.explanation.verdict,
      /^Every request fetches the page and draws it, because Cache-Control: no-store forbids keeping it\.$/,
    );
    const files = await filesBelow(asking.test.dataDir);
    assert.ok(!files.some(({ bytes }) => bytes.includes('secret-page') || bytes.includes('secret-tag')));
  });
});

describe('the management API', () => {
  it('wants the key of the website', async () => {
    const url = `${asking.origin.url}/`;
    const other = await asking.test.website('https://example.com');
    const right = await apiKey();
    const foreign = apiKeyOf(other.publicKey, secretKeyOf(Buffer.alloc(32), other.publicKey));
    for (const key of [undefined, 'x', 'ogplus_live_', 'ogplus_live_e30', 'ogplus_live_bnVsbA', foreign]) {
      const { status, headers, json } = await askApi(url, key);
      assert.deepEqual([status, headers['www-authenticate'], json.status], [401, 'Bearer', 401]);
      assert.equal(headers['cache-control'], 'no-store');
    }
    assert.equal((await askApi(url, right)).status, 200);
    assert.equal((await askApi(url, await apiKey(other.publicKey))).status, 403);
  });

  it('says what is wrong with an address', async () => {
    const { status, headers, json } = await askApi('not an address', await apiKey());
    assert.equal(status, 400);
    assert.match(headers['content-type'] ?? '', /^application\/problem\+json/);
    assert.match(json.detail, /"not an address" is not a page address/);
    const none = await asking.test.ask('/api/v1/page', { authorization: `Bearer ${await apiKey()}` });
    assert.equal(none.status, 400);
  });

  it('ends with the website', async () => {
    const gone = await asking.test.website('https://gone.example');
    const key = await apiKey(gone.publicKey);
    assert.equal((await askApi('https://gone.example/', key)).status, 200);
    await asking.test.service.store.websites.remove(gone.origin);
    assert.equal((await askApi('https://gone.example/', key)).status, 401);
  });
});
