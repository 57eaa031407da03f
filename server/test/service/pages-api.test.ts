import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

interface Listed {
  readonly pages: ReadonlyArray<{
    readonly target: string;
    readonly title: string | null;
    readonly state: string;
    readonly requests: number;
    readonly consumers: readonly string[];
    readonly picture: { readonly href: string; readonly hash: string } | null;
  }>;
  readonly next: string | null;
}

const asking = new Asking({ OGPLUS_FAILURE_MEMORY_MS: '0', OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '10000' });
const headers = { 'Cache-Control': 'max-age=600' };
const head = '<meta property="og:title" content="A title"><meta name="description" content="What it is">';

const key = async () => {
  const { publicKey } = asking.website;
  return `Bearer ${apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), publicKey))}`;
};

async function call(method: string, path: string, body?: unknown, fields: Record<string, string> = {}) {
  const response = await fetch(`${asking.test.service.address}/api/v1/websites/${asking.website.id}${path}`, {
    method,
    headers: {
      authorization: await key(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...fields,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

async function list(query: Record<string, string> = {}): Promise<Listed> {
  const { status, text } = await call('GET', `/pages?${new URLSearchParams(query)}`);
  assert.equal(status, 200, text);
  return JSON.parse(text) as Listed;
}

const slack = { 'user-agent': 'Slackbot-LinkExpanding 1.0' };

describe('the pages of a website', () => {
  before(async () => {
    asking.origin.answer = page({ headers, head });
    for (const target of ['/blog/one', '/blog/two', '/about', '/shop?id=1']) {
      await asking.ask({}, target);
      asking.test.clock.move(1);
    }
    for (let n = 0; n < 3; n++) await asking.ask({}, '/blog/two');
    await asking.ask(slack, '/about');
  });

  it('are listed by their path, with what is kept of them', async () => {
    const { pages, next } = await list();
    assert.deepEqual(
      pages.map(({ target }) => target),
      ['/about', '/blog/one', '/blog/two', '/shop?id=1'],
    );
    assert.equal(next, null);
    const [about] = pages;
    assert.deepEqual(about?.consumers, ['generic', 'slack']);
    assert.equal(about?.title, 'A title');
    assert.equal(about?.requests, 2);
    assert.equal(about?.state, 'fresh');
    const picture = await fetch(`${asking.test.service.address}${about?.picture?.href}`, {
      headers: { authorization: await key() },
    });
    assert.equal(picture.status, 200);
    assert.equal(picture.headers.get('etag'), `"${about?.picture?.hash}"`);
  });

  it('are found by any part of their path or title, in whatever case', async () => {
    for (const [search, found] of [
      ['blog', ['/blog/one', '/blog/two']],
      ['BLOG', ['/blog/one', '/blog/two']],
      ['tw', ['/blog/two']],
      ['id=1', ['/shop?id=1']],
      ['a title', ['/about', '/blog/one', '/blog/two', '/shop?id=1']],
      ['"', []],
      ['%', []],
      ['nothing', []],
    ] as const) {
      const { pages } = await list({ search });
      assert.deepEqual(
        pages.map(({ target }) => target),
        found,
        search,
      );
    }
  });

  it('are sorted by when they were drawn, asked for, and how often', async () => {
    for (const [sort, order, first] of [
      ['drawn', 'asc', '/blog/one'],
      ['drawn', 'desc', '/shop?id=1'],
      ['requests', 'desc', '/blog/two'],
      ['target', 'desc', '/shop?id=1'],
    ] as const) {
      const { pages } = await list({ sort, order });
      assert.equal(pages[0]?.target, first, `${sort} ${order}`);
    }
  });

  for (const sort of ['target', 'drawn', 'asked', 'requests']) {
    it(`come so many at a time, none left out and none twice, by ${sort}`, async () => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { pages, next }: Listed = await list({ sort, limit: '1', ...(cursor === '' ? {} : { cursor }) });
        seen.push(...pages.map(({ target }) => target));
        cursor = next;
      }
      assert.deepEqual(seen.toSorted(), ['/about', '/blog/one', '/blog/two', '/shop?id=1']);
    });
  }

  it('refuse a cursor that was never given, and what is no query', async () => {
    for (const query of ['cursor=x', 'cursor=e30', 'limit=0', 'limit=1000', 'sort=size', 'state=old']) {
      const { status, text } = await call('GET', `/pages?${query}`);
      assert.equal(status, 400, query);
      assert.match(text, /"detail":/);
    }
  });
});

describe('the state of a page', () => {
  const stateOf = async (target: string) => (await list({ search: target })).pages[0]?.state;
  const inState = async (state: string) => (await list({ state })).pages.map(({ target }) => target);

  it('goes from fresh to stale with time, to failing where the site fails, and back', async () => {
    asking.origin.answer = page({ headers });
    await asking.ask();
    assert.equal(await stateOf(asking.target), 'fresh');
    asking.test.clock.move(601);
    assert.equal(await stateOf(asking.target), 'stale');
    assert.ok((await inState('stale')).includes(asking.target));
    asking.origin.answer = page({ status: 500 });
    await asking.ask();
    assert.equal(await stateOf(asking.target), 'failing');
    assert.deepEqual(await inState('failing'), [asking.target]);
    const { text } = await call('GET', '/attention');
    assert.deepEqual(
      (JSON.parse(text) as { failures: Array<{ target: string; failure: string }> }).failures.map(
        ({ target, failure }) => [target, failure],
      ),
      [[asking.target, 'The page answers 500.']],
    );
    asking.origin.answer = page({ headers });
    await asking.ask();
    assert.equal(await stateOf(asking.target), 'fresh');
    assert.deepEqual(await inState('failing'), []);
  });

  it('is failing from its first failure on, and no longer once it worked, though both are written down later', async () => {
    const attention = async () => JSON.parse((await call('GET', '/attention')).text).failures;
    asking.origin.answer = page({ status: 503 });
    await asking.ask();
    const at = new Date(asking.test.clock.now()).toISOString();
    assert.deepEqual(await attention(), [
      { target: asking.target, at, failure: 'The page answers 503.', consumer: 'generic' },
    ]);
    assert.deepEqual(await inState('failing'), [asking.target]);
    assert.equal((await list({ search: asking.target })).pages[0]?.picture, null);
    asking.test.clock.move(1);
    await asking.ask();
    asking.test.clock.move(1);
    asking.origin.answer = page({ headers });
    await asking.ask();
    assert.deepEqual(await attention(), []);
    assert.equal(await stateOf(asking.target), 'fresh');
  });

  it('is gone where the page says so', async () => {
    asking.origin.answer = page({ status: 404, headers });
    await asking.ask();
    assert.equal(await stateOf(asking.target), 'gone');
    assert.deepEqual(await inState('gone'), [asking.target]);
  });
});

describe('a purge over the API', () => {
  for (const [what, purge] of [
    ['one page', (target: string) => ({ kind: 'page', target })],
    ['several pages', (target: string) => ({ kind: 'pages', targets: ['/other', target] })],
    ['a prefix', () => ({ kind: 'prefix', prefix: '/page-' })],
    ['the website', () => ({ kind: 'website' })],
  ] as const) {
    it(`of ${what} holds at once, and the next request draws`, async () => {
      asking.origin.answer = page({ headers });
      await asking.ask();
      assert.equal((await call('POST', '/purges', purge(asking.target))).status, 204);
      const [listed] = (await list({ search: asking.target })).pages;
      assert.equal(listed?.state, 'stale');
      assert.equal(listed?.picture, null);
      const { requests, renders } = await asking.ask();
      assert.deepEqual({ requests, renders }, { requests: 1, renders: 1 });
    });
  }

  it('counts what it purged, where the client prefers to know', async () => {
    asking.origin.answer = page({ headers });
    await asking.ask();
    const body = { kind: 'page', target: asking.target };
    for (const cards of [1, 0]) {
      const asked = { prefer: 'respond-async, return=representation' };
      const { status, headers: fields, text } = await call('POST', '/purges', body, asked);
      assert.deepEqual([status, JSON.parse(text)], [200, { cards, more: false }]);
      assert.equal(fields.get('preference-applied'), 'return=representation');
    }
  });

  it('refuses what is no purge', async () => {
    for (const body of [
      {},
      { kind: 'page' },
      { kind: 'page', target: 'x' },
      { kind: 'all' },
      { kind: 'website', target: '/' },
    ]) {
      assert.equal((await call('POST', '/purges', body)).status, 400, JSON.stringify(body));
    }
  });
});

describe('one page', () => {
  it('has its cards, what decided, what it says of itself, and who asks', async () => {
    asking.origin.answer = page({ headers, head });
    await asking.ask();
    await asking.ask(slack);
    const { status, text } = await call('GET', `/page?target=${encodeURIComponent(asking.target)}`);
    assert.equal(status, 200);
    const found = JSON.parse(text);
    assert.equal(found.url, asking.origin.url + asking.target);
    assert.match(found.cardUrl, /^http:\/\/[a-z]+\.localhost:\d+\/page-/);
    assert.deepEqual(
      found.cards.map((card: { consumer: string }) => card.consumer),
      ['generic', 'slack'],
    );
    assert.equal(found.document.title, 'A title');
    assert.equal(found.document.description, 'What it is');
    assert.ok(
      found.document.findings.some(
        ({ tag, level }: { tag: string; level: string }) => tag === 'og:image' && level === 'bad',
      ),
    );
    assert.match(found.explanation.verdict, /^Kept pictures are sent until 2/);
    assert.equal(found.askedAt, new Date(asking.test.clock.now()).toISOString());
    assert.ok(found.decisions.some(({ kind }: { kind: string }) => kind === 'drawn'));
    assert.deepEqual(
      found.requests.toSorted((a: { consumer: string }, b: { consumer: string }) => (a.consumer < b.consumer ? -1 : 1)),
      [
        { consumer: 'generic', requests: 1 },
        { consumer: 'slack', requests: 1 },
      ],
    );
  });

  it('has the fields that it answered last and is judged by, those of a 304 too, and no cookie', async () => {
    const secret = { 'Set-Cookie': 'session=secret', 'X-Internal': 'secret' };
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60', ETag: '"a"', ...secret } });
    await asking.ask();
    const drawnAt = asking.test.clock.now();
    const answered = async () =>
      JSON.parse((await call('GET', `/page?target=${encodeURIComponent(asking.target)}`)).text);
    const { response } = await answered();
    assert.deepEqual(response, {
      url: asking.origin.url + asking.target,
      status: 200,
      headers: [
        { name: 'content-type', value: 'text/html; charset=utf-8' },
        { name: 'cache-control', value: 'max-age=60' },
        { name: 'etag', value: '"a"' },
      ],
      fetchedAt: new Date(drawnAt).toISOString(),
    });
    asking.test.clock.move(61);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=90', ETag: '"a"', ...secret } });
    assert.equal((await asking.ask()).renders, 0);
    const renewed = await answered();
    assert.equal(renewed.response.fetchedAt, new Date(drawnAt + 61_000).toISOString());
    assert.ok(renewed.response.headers.some(({ value }: { value: string }) => value === 'max-age=90'));
    assert.doesNotMatch(JSON.stringify(renewed), /secret/);
  });

  it('of which nothing is known is empty', async () => {
    const { status, text } = await call('GET', '/page?target=/never');
    assert.equal(status, 200);
    const { cards, decisions, document, askedAt, response } = JSON.parse(text);
    const nothing = { cards: [], document: null, askedAt: null, response: null };
    assert.deepEqual({ cards, document, askedAt, response }, nothing);
    assert.ok(decisions.every(({ kind }: { kind: string }) => kind === 'purged'));
  });
});

describe('drawing now', () => {
  const steps = async (body: unknown) => {
    const { status, text, headers: fields } = await call('POST', '/drawings', body);
    assert.equal(status, 200, text);
    assert.match(fields.get('content-type') ?? '', /^application\/jsonl/);
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('fetches and draws anew, and says each step', async () => {
    asking.origin.answer = page({ headers, body: 'old' });
    const old = await asking.ask();
    asking.origin.answer = page({ headers, body: 'new' });
    const told = await steps({ target: asking.target });
    assert.deepEqual(
      told.map(({ step }) => step),
      ['drawing', 'done'],
    );
    assert.match(told.at(-1).cacheStatus, /fwd=miss.*stored/);
    const fresh = await asking.ask();
    assert.equal(fresh.renders, 0);
    assert.notEqual(fresh.headers['etag'], old.headers['etag']);
  });

  it('adds a picture: those of other networks stay', async () => {
    asking.origin.answer = page({ headers, body: 'old' });
    const old = await asking.ask(slack);
    asking.origin.answer = page({ headers, body: 'new' });
    const told = await steps({ target: asking.target, consumer: 'facebook' });
    assert.deepEqual(told.at(-1).consumer, 'facebook');
    const kept = await asking.ask(slack);
    assert.deepEqual([kept.headers['etag'], kept.requests, kept.renders], [old.headers['etag'], 0, 0]);
    const drawn = await asking.ask({ 'user-agent': 'facebookexternalhit/1.1' });
    assert.deepEqual([drawn.requests, drawn.renders], [0, 0]);
    assert.notEqual(drawn.headers['etag'], old.headers['etag']);
  });

  it('draws for all networks, from one fetch, with progress', async () => {
    asking.origin.answer = page({ headers, body: 'old' });
    const old = await asking.ask(slack);
    asking.origin.answer = page({ headers, body: 'new' });
    const heard = asking.origin.heard.length;
    const told = await steps({ target: asking.target, all: true });
    const done = told.filter(({ step }) => step === 'done');
    assert.equal(asking.origin.heard.length, heard + 1);
    assert.ok(done.length > 15 && done.length * 2 === told.length, JSON.stringify(told));
    assert.deepEqual([told[0].nth, told[0].count], [1, done.length]);
    const fresh = await asking.ask(slack);
    assert.deepEqual([fresh.requests, fresh.renders], [0, 0]);
    assert.notEqual(fresh.headers['etag'], old.headers['etag']);
  });

  it('says in words what failed', async () => {
    asking.origin.answer = page({ status: 500 });
    const [, last] = await steps({ target: asking.target, consumer: 'twitter' });
    assert.deepEqual(last, {
      step: 'failed',
      consumer: 'twitter',
      title: 'The website failed to answer',
      detail: 'The page answers 500.',
    });
  });
});

describe('usage', () => {
  it('sums up to what was done, by day and by consumer', async () => {
    const before = JSON.parse((await call('GET', '/usage?days=2')).text);
    asking.test.clock.move(86_400);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-cache', ETag: '"a"' } });
    await asking.ask(); // fetched and drawn
    await asking.ask(); // 304
    asking.origin.answer = page({ headers });
    await asking.ask(slack, `${asking.target}-2`); // fetched and drawn
    await asking.ask(slack, `${asking.target}-2`); // a hit
    asking.origin.answer = page({ status: 500 });
    await asking.ask({}, `${asking.target}-3`); // failed
    const { days, consumers } = JSON.parse((await call('GET', '/usage?days=2')).text);
    assert.equal(days.length, 2);
    const { day, renderP50, renderP95, ...today } = days[1];
    assert.equal(day, new Date(asking.test.clock.now()).toISOString().slice(0, 10));
    const counts = {
      requests: 5,
      hits: 1,
      slow: 0,
      checked: 1,
      drawn: 2,
      renders: 2,
      revalidations: 1,
      fetches: 3,
      failures: 1,
    };
    assert.deepEqual(today, { ...counts, saved: 1, hitRatio: 0.2 });
    assert.ok(renderP50 > 0 && renderP95 >= renderP50);
    assert.deepEqual(days[0], before.days[1]);
    const ofSlack = consumers.find(({ consumer }: { consumer: string }) => consumer === 'slack');
    assert.ok(ofSlack.requests >= 2 && ofSlack.hits >= 1);
  });

  it('counts every request as one thing: shared drawings, old cards, gone pages and failures too', async () => {
    asking.test.clock.move(86_400);
    const facebook = { 'user-agent': 'facebookexternalhit/1.1' };
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    // At once: one drawing for two networks.
    await Promise.all([asking.ask(slack), asking.ask(facebook), asking.ask()]);
    await asking.ask(slack);
    asking.test.clock.move(61);
    asking.origin.answer = page({ status: 500 });
    await asking.ask(slack); // the old card
    asking.origin.answer = page({ status: 410, headers: { 'Cache-Control': 'max-age=60' } });
    await asking.ask({}, `${asking.target}-gone`);
    await asking.ask({}, `${asking.target}-gone`);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-store' } });
    await asking.ask({}, `${asking.target}-unkept`);
    const { total, days, consumers } = JSON.parse((await call('GET', '/usage?days=1')).text);
    for (const counts of [total, days[0], ...consumers]) {
      const { requests, hits, checked, drawn, failures } = counts;
      assert.equal(requests, hits + checked + drawn + failures, JSON.stringify(counts));
    }
    const { requests, hits, checked, drawn, failures } = total;
    assert.deepEqual([requests, hits, checked, drawn, failures], [8, 1, 1, 4, 2]);
    assert.equal(total.saved, Math.max(0, requests - failures - total.fetches));
    assert.equal(total.hitRatio, hits / requests);
  });

  it('is given for the days that one chooses', async () => {
    const dayBefore = (days: number) =>
      new Date(asking.test.clock.now() - days * 86_400_000).toISOString().slice(0, 10);
    const all = JSON.parse((await call('GET', '/usage?days=3')).text);
    const both = JSON.parse((await call('GET', `/usage?from=${dayBefore(2)}&to=${dayBefore(1)}`)).text);
    assert.deepEqual(both.days, all.days.slice(0, 2));
    assert.equal(both.total.requests, all.days[0].requests + all.days[1].requests);
    assert.deepEqual(JSON.parse((await call('GET', `/usage?from=${dayBefore(2)}`)).text).days, all.days);
    for (const [query, says] of [
      [`to=${dayBefore(1)}`, /`to` needs `from`/],
      [`days=3&from=${dayBefore(1)}`, /^Send either/],
      ['days=3&hours=3', /^Send either/],
      ['hours=49', /hours/],
      [`from=${dayBefore(1)}&to=${dayBefore(2)}`, /later than/],
      [`from=${dayBefore(1)}&to=${dayBefore(-1)}`, /in the future/],
      [`from=${dayBefore(400)}`, /at most 366 days/],
      ['from=2026-02-30', /must be a day such as/],
      ['from=yesterday', /must be a day such as/],
    ] as const) {
      const { status, text } = await call('GET', `/usage?${query}`);
      assert.equal(status, 400, query);
      assert.match(JSON.parse(text).detail, says);
    }
  });

  it('is told by hours, and the hours of a day add up to it', async () => {
    const { clock } = asking.test;
    clock.move(5 * 86_400);
    const midnight = Math.ceil(clock.now() / 86_400_000) * 86_400_000;
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    // One in the last hour of a day, two in the first of the next, one two hours later.
    clock.move((midnight - clock.now()) / 1000 - 60);
    await asking.ask(slack);
    clock.move(60);
    await asking.ask(slack);
    await asking.ask();
    clock.move(7200);
    asking.origin.answer = page({ status: 500 });
    await asking.ask({}, `${asking.target}-broken`);

    const today = JSON.parse((await call('GET', '/usage?days=1')).text);
    const hourOf = (at: number) => new Date(at).toISOString();
    assert.deepEqual(
      today.hours.map(({ hour, requests }: { hour: string; requests: number }) => [hour, requests]),
      [
        [hourOf(midnight), 2],
        [hourOf(midnight + 3_600_000), 0],
        [hourOf(midnight + 7_200_000), 1],
      ],
    );
    for (const name of ['requests', 'hits', 'checked', 'drawn', 'renders', 'fetches', 'failures']) {
      const sum = today.hours.reduce((all: number, hour: Record<string, number>) => all + (hour[name] ?? 0), 0);
      assert.equal(sum, today.days[0][name], name);
    }
    const last = JSON.parse((await call('GET', '/usage?hours=24')).text);
    assert.equal(last.hours.length, 24);
    assert.deepEqual(last.hours.slice(-3), today.hours);
    assert.equal(last.hours.at(-4).requests, 1);
    assert.deepEqual([last.total.requests, last.days], [4, []]);
    const requests = ({ requests }: { requests: number }) => requests;
    // The hour under way is not over: it is not compared.
    assert.deepEqual([requests(last.compared.now), requests(last.compared.before)], [3, 0]);
    assert.deepEqual(JSON.parse((await call('GET', '/usage?days=2')).text).hours, []);
  });
});

describe('a check of a page', () => {
  const check = (target: string) => call('GET', `/check?target=${encodeURIComponent(target)}`);

  it('says what its tags and headers come to, now', async () => {
    asking.origin.answer = page({ headers, head });
    const { status, text } = await check('/checked');
    assert.equal(status, 200, text);
    const { ok, findings, explanation } = JSON.parse(text);
    assert.equal(ok, false);
    assert.ok(
      findings.some(({ tag, level }: { tag: string; level: string }) => tag === 'og:title' && level === 'good'),
    );
    assert.match(explanation.verdict, /pictures are sent for 10 minutes/);
  });

  it('is made so often a minute, and then again later', async () => {
    const statuses = [];
    for (let n = 0; n < 31; n++) statuses.push((await check('/checked')).status);
    assert.ok(statuses.includes(429));
    asking.test.clock.move(60);
    assert.equal((await check('/checked')).status, 200);
  });

  it('says what is wrong with a page that is none', async () => {
    asking.test.clock.move(60);
    asking.origin.answer = page({ status: 404 });
    assert.equal((await check('/gone')).status, 404);
    assert.equal((await check('no-path')).status, 400);
  });
});
