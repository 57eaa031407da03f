import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { Asking, cost, drawn, nothing, revalidated } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

const patience = 200;
const asking = new Asking({
  OGPLUS_FETCH_TIMEOUT_MS: '1000',
  OGPLUS_PATIENCE_MS: String(patience),
  OGPLUS_FAILURE_MEMORY_MS: '0',
});

const kept = (cacheControl: string) => page({ headers: { 'Cache-Control': cacheControl, ETag: '"a"' } });
const failures: Array<[what: string, answer: (res: ServerResponse) => void]> = [
  ['answers 500', (res) => void res.writeHead(500).end()],
  ['closes the connection', (res) => void res.destroy()],
  ['never answers', () => {}],
];

/** Keeps a card with this `Cache-Control`, moves time on, and has the origin fail. */
async function afterFailure(cacheControl: string, age: number, fail = failures[0]?.[1]) {
  asking.origin.answer = kept(cacheControl);
  assert.equal((await asking.ask()).status, 200);
  asking.test.clock.move(age);
  asking.origin.answer = (_, res) => fail?.(res);
  return asking.ask();
}

describe('a stale card whose origin fails', () => {
  for (const [what, fail] of failures) {
    it(`stands in within stale-if-error, and never past it, where the origin ${what}`, async () => {
      const within = await afterFailure('max-age=60, stale-if-error=600', 600, fail);
      assert.equal(within.status, 200);
      assert.match(within.headers['cache-status'] ?? '', / ttl=-540; detail=(stale-if-error|slow-renewal)$/);
      assert.equal(within.headers['cache-control'], 'no-cache');
      asking.test.clock.move(61);
      assert.ok((await asking.ask()).status >= 502);
    });
  }

  for (const [cacheControl, status] of [
    ['max-age=60', 200],
    ['max-age=60, must-revalidate', 502],
    ['max-age=60, proxy-revalidate', 502],
    ['no-cache', 502],
    ['max-age=60, must-revalidate, stale-if-error=600', 502],
    ['s-maxage=60', 502],
    ['s-maxage=60, stale-if-error=600', 200],
    ['s-maxage=60, stale-while-revalidate=600', 200],
    ['max-age=60, stale-if-error=0', 502],
  ] as const) {
    it(`${status === 200 ? 'stands in' : 'is not sent'} with ${cacheControl}`, async () => {
      assert.equal((await afterFailure(cacheControl, 100)).status, status);
    });
  }

  it('stands in for as long as the origin is down, where the page sets no window, and is renewed after it', async () => {
    assert.equal((await afterFailure('max-age=60', 3600)).status, 200);
    asking.test.clock.move(7 * 86_400);
    assert.equal((await asking.ask()).status, 200);
    asking.origin.answer = kept('max-age=60');
    assert.deepEqual(cost(await asking.ask()), revalidated);
    assert.deepEqual(cost(await asking.ask()), nothing);
  });
});

describe('stale-while-revalidate', () => {
  for (const [cacheControl, age, atOnce] of [
    ['max-age=60, stale-while-revalidate=600', 659, true],
    ['max-age=60, stale-while-revalidate=600', 661, false],
    ['s-maxage=60, stale-while-revalidate=600', 100, true],
    ['max-age=60, must-revalidate, stale-while-revalidate=600', 100, false],
    ['max-age=60, proxy-revalidate, stale-while-revalidate=600', 100, false],
    ['no-cache, stale-while-revalidate=600', 100, false],
    ['max-age=60, stale-while-revalidate=abc', 100, false],
  ] as const) {
    it(`${atOnce ? 'sends the old card at once' : 'waits for the origin'}: ${cacheControl}, at ${age} s`, async () => {
      asking.origin.answer = kept(cacheControl);
      await asking.ask();
      asking.test.clock.move(age);
      const { headers } = await asking.ask();
      assert.match(headers['cache-status'] ?? '', atOnce ? /; hit; .*detail=stale-while-revalidate/ : /fwd-status=304/);
    });
  }
});

describe('a renewal that takes longer than the patience', () => {
  const slow = (answer = kept('max-age=60')) => {
    const release = Promise.withResolvers<void>();
    asking.origin.answer = (req, res) => void release.promise.then(() => answer(req, res));
    return release.resolve;
  };

  it('has the old card sent, and ends behind the answer', async () => {
    asking.origin.answer = kept('max-age=60');
    await asking.ask();
    asking.test.clock.move(61);
    const release = slow();
    const { status, headers } = await asking.ask();
    assert.equal(status, 200);
    assert.match(headers['cache-status'] ?? '', /detail=slow-renewal/);
    release();
    await until('it is renewed', async () =>
      /^ogplus; hit; ttl=\d+$/.test((await asking.ask()).headers['cache-status'] ?? ''),
    );
    assert.equal(asking.origin.heard.length, 2);
  });

  it('is waited for where the page forbids stale answers', async () => {
    asking.origin.answer = kept('max-age=60, must-revalidate');
    await asking.ask();
    asking.test.clock.move(61);
    const release = slow(kept('max-age=60, must-revalidate'));
    const asked = asking.ask();
    const first = await Promise.race([asked, new Promise<void>((resolve) => setTimeout(resolve, 2 * patience))]);
    assert.equal(first, undefined);
    release();
    assert.deepEqual(cost(await asked), revalidated);
  });
});

describe('a clock', () => {
  it('that is set back an hour, and forward again, costs a conditional request and nothing else', async () => {
    asking.origin.answer = kept('max-age=600');
    await asking.ask();
    asking.test.clock.move(-3600);
    assert.deepEqual(cost(await asking.ask()), revalidated);
    assert.deepEqual(cost(await asking.ask()), nothing);
    asking.test.clock.move(3600);
    assert.deepEqual(cost(await asking.ask()), revalidated);
  });

  it('that leaps a year ahead finds the card stale', async () => {
    asking.origin.answer = kept('max-age=600');
    await asking.ask();
    asking.test.clock.move(31_536_000);
    assert.deepEqual(cost(await asking.ask()), revalidated);
    asking.test.clock.move(-31_536_000);
    assert.equal((await asking.ask()).status, 200);
  });
});

describe('a page that varies', () => {
  const echo = (vary: string) =>
    page({ headers: { 'Cache-Control': 'max-age=600', Vary: vary }, body: 'the same for all' });

  it('by User-Agent is asked for once for each consumer', async () => {
    asking.origin.answer = echo('User-Agent');
    for (const consumer of ['slack', 'discord', 'slack', 'discord']) {
      await asking.ask({}, `${asking.target}?ogplus_consumer=${consumer}`);
    }
    assert.deepEqual(
      asking.origin.heard.map(({ headers }) => /(slack|discord)$/.exec(headers['user-agent'] ?? '')?.[1]),
      ['slack', 'discord'],
    );
  });

  it('by Accept-Language is asked for once for each language', async () => {
    asking.origin.answer = echo('accept-language');
    for (const language of ['de', 'fr', 'de', 'fr-CH, fr;q=0.9', 'de', 'fr'])
      await asking.ask({ 'accept-language': language });
    assert.deepEqual(
      asking.origin.heard.map(({ headers }) => headers['accept-language']),
      ['de', 'fr', 'fr-ch'],
    );
  });

  it('by * is asked for at every request', async () => {
    asking.origin.answer = echo('*');
    for (let n = 0; n < 3; n++) assert.equal((await asking.ask()).requests, 1);
  });

  it('by anything that is never sent is asked for once', async () => {
    asking.origin.answer = echo('Cookie, Accept-Encoding, X-Anything');
    assert.deepEqual(cost(await asking.ask()), drawn);
    assert.deepEqual(cost(await asking.ask({ cookie: 'a=b', 'x-anything': '1' })), nothing);
  });
});

describe('CDN-Cache-Control', () => {
  it('stands above Cache-Control, and is ignored where it is no structured field', async () => {
    const headers = { 'Cache-Control': 'no-store', 'CDN-Cache-Control': 'max-age=600' };
    asking.origin.answer = page({ headers });
    assert.deepEqual(cost(await asking.ask()), drawn);
    asking.test.clock.move(590);
    assert.deepEqual(cost(await asking.ask()), nothing);
    const broken = page({ headers: { ...headers, 'CDN-Cache-Control': 'max-age=600, =' } });
    asking.origin.answer = broken;
    for (let n = 0; n < 2; n++) assert.deepEqual(cost(await asking.ask({}, `${asking.target}/broken`)), drawn);
  });
});

describe('a document that came back as it was drawn', () => {
  const head = '<style>body{margin:0}</style>';
  const card = (text: string, body: string) =>
    page({ head, body: `${body}<template id="ogplus"><h1>${text}</h1></template>` });

  it('costs no render where its card is a template, whatever became of the rest of the page', async () => {
    asking.origin.answer = card('One', 'visits: 1');
    const first = await asking.ask();
    assert.deepEqual(cost(first), drawn);
    asking.origin.answer = card('One', 'visits: 2');
    const second = await asking.ask();
    assert.deepEqual(cost(second), revalidated);
    assert.match(second.headers['cache-status'] ?? '', /detail=same-document/);
    assert.deepEqual(second.body, first.body);
    asking.origin.answer = card('Two', 'visits: 2');
    assert.deepEqual(cost(await asking.ask()), drawn);
    asking.origin.answer = page({
      head: `${head}<style>h1{color:red}</style>`,
      body: '<template id="ogplus"><h1>Two</h1></template>',
    });
    assert.deepEqual(cost(await asking.ask()), drawn);
  });

  it('costs one where it is a whole page, unless the website says that equal documents are equal cards', async () => {
    asking.origin.answer = page({ body: 'the same' });
    for (let n = 0; n < 2; n++) assert.deepEqual(cost(await asking.ask()), drawn);
    await asking.test.service.store.changeSettings(asking.website.id, { equalDocuments: true });
    assert.deepEqual(cost(await asking.ask()), revalidated);
    asking.origin.answer = page({ body: 'another' });
    assert.deepEqual(cost(await asking.ask()), drawn);
    await asking.test.service.store.changeSettings(asking.website.id, { equalDocuments: false });
    assert.deepEqual(cost(await asking.ask()), drawn);
  });

  it('is drawn again after a purge all the same', async () => {
    asking.origin.answer = card('One', '');
    await asking.ask();
    await asking.test.service.store.purge(asking.website.id, { kind: 'page', target: asking.target as never });
    assert.deepEqual(cost(await asking.ask()), drawn);
  });
});
