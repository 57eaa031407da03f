import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judgeCard, readTags } from '../../../client/testing/index.ts';
import type { Website } from '../../src/model/website.ts';
import { type DjangoSite, pythonWithDjango, startDjango } from '../harness/django.ts';
import { isClose, pixel } from '../harness/pixels.ts';
import { filesBelow, startTestService, type TestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const python = pythonWithDjango();
// In CI Django is installed; a run without it is a fault there, not a reason to skip.
const skip =
  python === undefined && process.env['CI'] !== 'true'
    ? 'NO PYTHON WITH DJANGO WAS FOUND: the Django example is not tested (apt install python3-django)'
    : false;

describe('the Django example', { skip }, () => {
  let django: DjangoSite;
  let test: TestService;
  let website: Website;

  before(async () => {
    assert.ok(python !== undefined, 'a Python with Django');
    django = await startDjango(python);
    test = await startTestService();
    website = await test.website(django.url);
  });
  after(async () => {
    await test?.[Symbol.asyncDispose]();
    await django?.[Symbol.asyncDispose]();
  });

  /** Asks for the card of a page, and says what it cost Django and the browser. */
  async function ask(target: string, headers: Record<string, string> = {}) {
    const pages = django.pages().length;
    const renders = test.service.renderer.started;
    const response = await test.card(website, target, headers);
    // Django writes its log line after it answered.
    const forwarded = /fwd-status/.test(response.headers['cache-status'] ?? '');
    if (forwarded) await until('the log line', () => django.pages().length > pages);
    return { ...response, requests: django.pages().length - pages, renders: test.service.renderer.started - renders };
  }
  const cost = ({ status, requests, renders }: Awaited<ReturnType<typeof ask>>) => ({ status, requests, renders });
  const nothing = { status: 200, requests: 0, renders: 0 };
  const drawn = { status: 200, requests: 1, renders: 1 };
  const revalidated = { status: 200, requests: 1, renders: 0 };

  it('passes its own tests', () => {
    const cwd = fileURLToPath(new URL('../../../examples/django/', import.meta.url));
    execFileSync(python ?? '', ['manage.py', 'test'], { cwd, stdio: 'pipe' });
  });

  it('has assertions that judge as the service does', () => {
    const pages = [
      ...[
        'public, max-age=60',
        's-maxage=5, max-age=60',
        'private, max-age=60',
        'no-store',
        'no-cache',
        'max-age="7"',
        '',
      ].map((field): [Record<string, string>, string] => [{ 'Cache-Control': field }, '']),
      [{ 'Cache-Control': 'no-store', 'CDN-Cache-Control': 'max-age=9' }, ''],
      [{ 'Cache-Control': 'no-store' }, '<meta name="og:plus:cache:max_age" content="30">'],
      [{ 'Cache-Control': 'max-age=1' }, '<meta name="og:plus:cache:max_age" content="soon">'],
      [{ 'Cache-Control': 'max-age=2' }, '<template><meta name="og:plus:cache:max_age" content="3"></template>'],
    ] satisfies Array<[Record<string, string>, string]>;
    const code = `
import json, sys
from journal.testing import kept_for
class Response(dict):
    charset = "utf-8"
def made(headers, html):
    response = Response(headers)
    response.content = html.encode()
    return response
print(json.dumps([kept_for(made(*page)) for page in json.load(sys.stdin)]))`;
    const cwd = fileURLToPath(new URL('../../../examples/django/', import.meta.url));
    const said = execFileSync(python ?? '', ['-c', code], { cwd, input: JSON.stringify(pages), encoding: 'utf8' });
    const ours = pages.map(([headers, html]) => judgeCard({ headers }, readTags(html)).keptFor);
    assert.deepEqual(JSON.parse(said), ours);
    assert.deepEqual(ours, [60, 5, 0, 0, 0, 7, 0, 9, 30, 1, 2]);
  });

  for (const target of ['/', '/posts/reading-a-lighthouse/']) {
    it(`has the card of a max_age view served for a day without a request: ${target}`, async () => {
      assert.deepEqual(cost(await ask(target)), drawn);
      test.clock.move(86_000);
      for (let i = 0; i < 5; i++) assert.deepEqual(cost(await ask(target)), nothing);
      test.clock.move(500);
      assert.deepEqual(cost(await ask(target)), drawn);
      test.clock.move(-86_500);
    });
  }

  it('answers 304 through ConditionalGetMiddleware, and no browser is touched until the note changes', async () => {
    const target = '/notes/spring-tides/';
    const first = await ask(target);
    assert.deepEqual(cost(first), drawn);
    for (let i = 0; i < 3; i++) {
      const again = await ask(target);
      assert.deepEqual(cost(again), revalidated);
      assert.match(again.headers['cache-status'] ?? '', /fwd-status=304/);
    }
    django.edit('note', 'spring-tides', 'Neap tides come at half moon');
    const changed = await ask(target);
    assert.deepEqual(cost(changed), drawn);
    assert.notDeepEqual(changed.body, first.body);
    assert.deepEqual(cost(await ask(target)), revalidated);
  });

  it('keeps the card of a hand-made ETag for its minute, then asks', async () => {
    const target = '/projects/harbour-gauge/';
    assert.deepEqual(cost(await ask(target)), drawn);
    assert.deepEqual(cost(await ask(target)), nothing);
    // More than two minutes: when the clock goes back by less, quotas take the time for used (cards/limits/rate.ts).
    test.clock.move(200);
    assert.deepEqual(cost(await ask(target)), revalidated);
    test.clock.move(-200);
  });

  it('asks conditionally with Last-Modified', async () => {
    const target = '/archive/';
    assert.deepEqual(cost(await ask(target)), drawn);
    test.clock.move(700);
    assert.deepEqual(cost(await ask(target)), revalidated);
    test.clock.move(-700);
  });

  it('draws again when the meta tag og:plus:cache:etag rises', async () => {
    const target = '/events/night-of-the-lamps/';
    const first = await ask(target);
    assert.deepEqual(cost(first), drawn);
    django.edit('event', 'night-of-the-lamps', 'Night of all lamps');
    test.clock.move(200);
    const held = await ask(target);
    assert.deepEqual(held.body, first.body);
    await until('the new picture', async () => !(await ask(target)).body.equals(first.body));
    test.clock.move(-200);
  });

  it('has its no_store page fetched and drawn every time, and nothing of it in the data folder', async () => {
    const target = '/users/ada/';
    const before = await filesBelow(test.dataDir);
    for (let i = 0; i < 3; i++) {
      const card = await ask(target);
      assert.deepEqual(cost(card), drawn);
      assert.equal(card.headers['cache-control'], 'no-store');
    }
    const after = await filesBelow(test.dataDir);
    assert.deepEqual(after.map(({ path }) => path).sort(), before.map(({ path }) => path).sort());
    assert.ok(!after.some(({ bytes }) => bytes.includes(target)));
  });

  it('is drawn again after a purge', async () => {
    const target = '/posts/why-maps-lie-flat/';
    await ask(target);
    assert.deepEqual(cost(await ask(target)), nothing);
    await test.service.store.changes.purge(website.id, { kind: 'page', target: target as never });
    assert.deepEqual(cost(await ask(target)), drawn);
  });

  it('hears one request of 500 crawlers at once', async () => {
    const target = '/about/';
    const pages = django.pages().length;
    const renders = test.service.renderer.started;
    const answers = await Promise.all(Array.from({ length: 500 }, () => test.card(website, target)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    await until('the log line', () => django.pages().length > pages);
    assert.equal(django.pages().length - pages, 1);
    assert.equal(test.service.renderer.started - renders, 1);
  });

  it('looks as its stylesheet says: the accent of the page at the foot of the card', async () => {
    const { body } = await test.card(website, '/about/');
    // hsl(150 65% 42%)
    assert.ok(isClose(await pixel(body, 1200, 1250), [37, 177, 107]));
  });
});
