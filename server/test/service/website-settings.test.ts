import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { milliseconds, seconds } from '../../src/model/units.ts';
import { defaultSettings, type WebsiteSettings } from '../../src/model/website.ts';
import { callApi } from '../harness/api.ts';
import { Asking, cost, drawn, nothing, revalidated } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { type Colour, isClose, pixel } from '../harness/pixels.ts';
import { until } from '../harness/until.ts';

// A patience that no test would wait for, and a quota that one test uses up.
const asking = new Asking({ OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '60' });
const headers = { 'Cache-Control': 'max-age=600' };

async function decisions(): Promise<Array<{ kind: string; failure: string | null; remarks: string[] }>> {
  return (await callApi(asking.test, asking.website, `/page?target=${asking.target}`)).json().decisions;
}

const settings = (changed: Partial<WebsiteSettings>) =>
  asking.test.service.store.websites.changeSettings(asking.website.id, changed);
afterEach(async () => {
  await settings(defaultSettings);
  asking.test.clock.move(60);
});

describe('the viewport width of a website', () => {
  const narrow: Colour = [0, 128, 0];
  const wide: Colour = [0, 0, 255];
  const head = '<style>body{background:rgb(0,0,255)} @media(max-width:900px){body{background:rgb(0,128,0)}}</style>';
  const shows = async (colour: Colour, target = asking.target) => {
    const asked = await asking.ask({}, target);
    assert.ok(isClose(await pixel(asked.body, 2000, 1000), colour), asked.headers['cache-status']);
    return asked;
  };

  it('holds for whole pages and templates, from the next request on, whatever is kept and fresh', async () => {
    for (const body of ['<p>a page</p>', '<template id="ogplus"><p>a card</p></template>']) {
      const target = `${asking.target}-${body.length}`;
      asking.origin.answer = page({ headers: { ...headers, ETag: '"a"' }, head, body });
      await shows(wide, target);
      await settings({ viewportWidth: 800 });
      assert.deepEqual(cost(await shows(narrow, target)), drawn);
      assert.deepEqual(cost(await shows(narrow, target)), nothing);
      await settings({ viewportWidth: null });
      assert.deepEqual(cost(await shows(wide, target)), drawn);
    }
  });

  it('is told as a change of settings, not as a purge', async () => {
    asking.origin.answer = page({ headers });
    await asking.ask();
    asking.test.clock.move(1);
    await settings({ viewportWidth: 800 });
    const [newest] = await decisions();
    assert.equal(newest?.kind, 'settings-changed');
    assert.deepEqual(newest?.remarks, ["The viewport width was changed from each network's own to 800 pixels."]);
    assert.ok((await decisions()).every(({ kind }) => kind !== 'purged'));
  });

  it('leaves a page its own', async () => {
    const tag = '<meta property="og:plus:viewport:width" content="1000">';
    asking.origin.answer = page({ headers, head: head + tag });
    await settings({ viewportWidth: 800 });
    await shows(wide);
    asking.origin.answer = page({ headers, head: head + tag.replace('1000', 'wide') });
    await shows(narrow, `${asking.target}-wrong`);
  });

  it('is of one drawing with the networks that would get the same', async () => {
    asking.origin.answer = page({ headers, head });
    await settings({ viewportWidth: 800 });
    assert.equal((await asking.ask({ 'user-agent': 'Slackbot-LinkExpanding 1.0' })).renders, 1);
    assert.equal((await asking.ask({ 'user-agent': 'facebookexternalhit/1.1' })).renders, 0);
  });
});

describe('the patience of a website', () => {
  it('is how long a renewal may hold up an answer', async () => {
    asking.origin.answer = page({ headers });
    const old = await asking.ask();
    await settings({ patience: milliseconds(0) });
    asking.test.clock.move(601);
    const release = Promise.withResolvers<void>();
    const answer = page({ headers });
    asking.origin.answer = (req, res) => void release.promise.then(() => answer(req, res));
    const asked = await asking.ask();
    assert.match(asked.headers['cache-status'] ?? '', /detail=slow-renewal/);
    assert.deepEqual(asked.body, old.body);
    await asking.ask();
    const told = await decisions();
    assert.deepEqual(
      told.map(({ kind, failure }) => [kind, failure]).filter(([kind]) => kind === 'stale'),
      [['stale', 'The renewal took longer than 0 s, so the old card was sent.']],
      'once for a renewal, however many wait for it',
    );
    const { slow, hits } = (await callApi(asking.test, asking.website, '/usage?days=1')).json().total;
    assert.deepEqual([slow, hits >= slow], [2, true], 'each request counts');
    release.resolve();
    await until(
      'it is renewed',
      async () => (await asking.ask()).headers['cache-status']?.includes('detail') === false,
    );
  });
});

describe('the recheck interval of a website', () => {
  const tagged = (tag: string) =>
    page({ headers, head: `<meta name="og:plus:cache:etag" content="${tag}">`, body: `<h1>${tag}</h1>` });

  it('is how often a fresh card with a version tag is looked at again', async () => {
    await settings({ recheckInterval: seconds(5) });
    asking.origin.answer = tagged('1');
    const first = await asking.ask();
    asking.origin.answer = tagged('2');
    asking.test.clock.move(4);
    assert.deepEqual(cost(await asking.ask()), nothing);
    asking.test.clock.move(1);
    assert.deepEqual((await asking.ask()).body, first.body);
    await until('the new picture', async () => !(await asking.ask()).body.equals(first.body));
  });

  it('may be longer than that of the service', async () => {
    await settings({ recheckInterval: seconds(300) });
    asking.origin.answer = tagged('1');
    await asking.ask();
    asking.test.clock.move(299);
    await asking.ask();
    assert.equal(asking.origin.heard.length, 1);
  });
});

describe('the renders a minute of a website', () => {
  const refused = async (count: number) => {
    let drawn = 0;
    for (; drawn < count; drawn++) {
      const { status, headers: fields } = await asking.ask({}, `${asking.target}-${drawn}`);
      if (status === 429) return { drawn, policy: fields['ratelimit-policy'] };
      assert.equal(status, 404);
    }
    return undefined;
  };
  const gone = page({ status: 404, headers: { 'Cache-Control': 'max-age=600' } }); // counts as much, and draws nothing

  it('are its quota where they are fewer than the service allows', async () => {
    asking.origin.answer = gone;
    await settings({ rendersPerMinute: 3 });
    assert.deepEqual(await refused(4), { drawn: 3, policy: '"website";q=3;w=60' });
    asking.test.clock.move(20);
    assert.equal((await asking.ask({}, `${asking.target}-later`)).status, 404);
    assert.equal((await asking.ask({}, `${asking.target}-later-still`)).status, 429);
  });

  it('are never more than the service allows', async () => {
    asking.origin.answer = gone;
    await settings({ rendersPerMinute: 1_000_000 });
    assert.deepEqual(await refused(61), { drawn: 60, policy: '"website";q=60;w=60' });
  });

  it('count no 304', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'no-cache', ETag: '"a"' } });
    await settings({ rendersPerMinute: 1 });
    assert.deepEqual(cost(await asking.ask()), drawn);
    assert.deepEqual(cost(await asking.ask()), revalidated);
  });
});
