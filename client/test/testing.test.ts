import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../../server/test/harness/command.ts';
import { type Origin, page, startOrigin } from '../../server/test/harness/origin.ts';
import { createOgPlus, toHtml } from '../src/index.ts';
import {
  assertCardOf,
  assertKeepsCardFor,
  assertOgTag,
  assertOpenGraphTags,
  checkTags,
  createMatchers,
  type Finding,
  judgeCard,
  type MatcherResult,
  matchers,
  readTags,
} from '../testing/index.ts';

const og = createOgPlus({ connectionUrl: 'http://mlghbepw.localhost:3000' });
const url = 'https://example.com/blog/hello';
const tags = og.tags({ page: url, title: 'Tea & "Cake"', description: 'With milk' });
const html = `<!doctype html><html><head>${toHtml(tags)}</head><body><p>Hello</p></body></html>`;
const levels = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ tag, level }) => [tag, level]));

/** What the matcher says; it holds HTML as text, so it needs no promise. */
function now(result: MatcherResult | Promise<MatcherResult>): { pass: boolean; message: string } {
  assert.ok(!('then' in result));
  return { pass: result.pass, message: result.message() };
}

describe('the tags of a page', () => {
  it('are read as the service reads them', () => {
    assert.deepEqual(
      readTags(html),
      tags.map((tag) => ({ name: 'property' in tag ? tag.property : tag.name, content: tag.content })),
    );
    const templates = '<template><meta property="og:title" content="x"></template>';
    assert.deepEqual(readTags(`${templates}<meta NAME=Og:Title CONTENT=caf&eacute;>`), [
      { name: 'og:title', content: 'café' },
    ]);
  });

  it('are checked', () => {
    assert.deepEqual(new Set(Object.values(levels(checkTags(html, url)))), new Set(['good']));
    assert.equal(levels(checkTags(html, '/blog/hello'))['og:image'], 'good');
    assert.equal(levels(checkTags(html, new URL('/other', url)))['og:image'], 'bad');
    assert.equal(levels(checkTags('', url))['og:title'], 'bad');
    assert.throws(() => checkTags(html, 'nothing'), /is not a page address/);
  });

  it('may name the card by each kind of address', () => {
    const pk = 'ogplus_pk_ym3nRkSHQkiTsXvbVzX0Jw';
    for (const image of [
      og.image(url, { version: 3 }),
      createOgPlus({ service: 'https://ogplus.example', publicKey: pk }).image(url),
      createOgPlus({ connectionUrl: 'https://qwrtpsdf.cards.example' }).image(url),
    ]) {
      const one = `<meta property=og:image content="${image}">`;
      assert.equal(levels(checkTags(one, url))['og:image'], 'good', image);
    }
    const own = '<meta property=og:image content="https://cards.example.com/blog/hello">';
    assert.equal(levels(checkTags(own, url))['og:image'], 'bad');
    assert.equal(levels(checkTags(own, url, { connectionUrl: 'https://cards.example.com' }))['og:image'], 'good');
  });
});

describe('the commands and the client', () => {
  let origin: Origin;
  before(async () => {
    origin = await startOrigin(page());
  });
  after(() => origin?.[Symbol.asyncDispose]());

  for (const [what, headers, head] of [
    ['a good page', { 'Cache-Control': 'public, max-age=3600', ETag: '"1"' }, toHtml(tags)],
    [
      'a page with wrong tags above its headers',
      { 'Cache-Control': 'no-store' },
      '<meta name=og:plus:cache:max_age content=60><meta name=og:plus:viewport:width content=1>',
    ],
  ] as const) {
    it(`say the same: ${what}`, async () => {
      const sent = page({ headers, head });
      origin.answer = (req, res) => {
        res.setHeader('Date', new Date().toUTCString());
        sent(req, res);
      };
      const address = `${origin.url}/blog/hello`;
      const [verified, explained] = await Promise.all([
        ogplus(['verify', '--json', address]),
        ogplus(['explain', '--json', address]),
      ]);
      const response = await fetch(address);
      const body = await response.text();
      assert.deepEqual(checkTags(body, address), JSON.parse(verified.stdout).findings);
      const { verdict, reasons, ignored, advice } = judgeCard(response, readTags(body));
      const theirs = JSON.parse(explained.stdout);
      // The commands and this test ask some time apart.
      const timeless = (text: string) => text.replace(/are sent for .*?, until \S+, /, 'are sent, ');
      assert.equal(timeless(verdict), timeless(theirs.verdict));
      assert.deepEqual(
        { reasons, ignored, advice },
        { reasons: theirs.reasons, ignored: theirs.ignored, advice: theirs.advice },
      );
    });
  }
});

describe('how long a card is kept', () => {
  for (const [headers, head, keptFor] of [
    [{ 'cache-control': 'public, max-age=86400' }, [], 86_400],
    [{ 'Cache-Control': ['public', 's-maxage=60, stale-while-revalidate'] }, [], 60],
    [{ 'cdn-cache-control': 'max-age=5', 'cache-control': 'no-store' }, [], 5],
    [{ 'cache-control': 'no-store' }, [], 0],
    [{ 'cache-control': 'private, max-age=60' }, [], 0],
    [{ 'cache-control': 'no-cache', etag: '"1"' }, [], 0],
    [{}, [], 0],
    [{ 'cache-control': 'no-store' }, og.tags({ page: '/', title: 'T', cache: { maxAge: 90 } }), 90],
    [new Headers({ 'cache-control': 'max-age=7' }), [], 7],
    [[['Cache-Control', 'max-age=8']], [], 8],
  ] as const) {
    it(`is ${keptFor} s with ${JSON.stringify(headers)}`, () => {
      assert.equal(judgeCard({ headers }, head).keptFor, keptFor);
    });
  }

  it('counts the default of the website', () => {
    assert.equal(judgeCard({ headers: {} }, [], { defaultMaxAge: 30 }).keptFor, 30);
  });

  it('is no time for a page that is gone', () => {
    assert.equal(judgeCard({ status: 404, headers: { 'cache-control': 'max-age=60' } }).keptFor, 0);
  });
});

describe('the matchers', () => {
  it('hold for a page that is right, and say what is wrong with another', () => {
    assert.equal(now(matchers.toHaveOpenGraphTags(html)).pass, true);
    const { pass, message } = now(matchers.toHaveOpenGraphTags('<title>A page</title>'));
    assert.equal(pass, false);
    assert.match(
      message,
      /lacks what a card needs:\n {2}og:title: Missing: the card has no title\.\n {2}og:image: Missing/,
    );
  });

  it('compare a tag', () => {
    assert.equal(now(matchers.toHaveOgTag(html, 'og:title')).pass, true);
    assert.equal(now(matchers.toHaveOgTag(html, 'og:title', 'Tea & "Cake"')).pass, true);
    assert.equal(now(matchers.toHaveOgTag(html, 'twitter:card', /large/)).pass, true);
    const other = now(matchers.toHaveOgTag(html, 'og:title', 'Coffee'));
    assert.deepEqual(other, {
      pass: false,
      message: 'Expected the tag og:title with "Coffee", but it has "Tea & \\"Cake\\"".',
    });
    assert.match(now(matchers.toHaveOgTag(html, 'og:locale')).message, /but there is none/);
  });

  it('know the card of a page', () => {
    assert.equal(now(matchers.toHaveCardOf(html, url)).pass, true);
    const { pass, message } = now(matchers.toHaveCardOf(html, 'https://example.com/other'));
    assert.equal(pass, false);
    assert.match(message, /the card of another page: \/blog\/hello instead of \/other/);
    const own = createMatchers({ connectionUrl: 'https://cards.example.com' });
    const card = '<meta property=og:image content="https://cards.example.com/x">';
    assert.equal(now(own.toHaveCardOf(card, '/x')).pass, true);
  });

  it('say why a card is not kept', () => {
    const page = { status: 200, headers: { 'cache-control': 'private, no-store' }, html };
    const { pass, message } = now(matchers.toKeepCardFor(page, 3600));
    assert.equal(pass, false);
    assert.match(
      message,
      /kept for 3600 seconds, but it is kept for 0:\n {2}Every request fetches the page and draws it/,
    );
    assert.match(message, /send Cache-Control: public, max-age=3600/);
    assert.equal(now(matchers.toKeepCardFor({ ...page, headers: { 'cache-control': 'max-age=60' } }, 60)).pass, true);
  });

  it('take what test tools give', async () => {
    const headers = { 'cache-control': 'max-age=60' };
    const fetched = new Response(html, { headers });
    for (const received of [
      fetched,
      { status: 200, headers, text: html }, // supertest
      { statusCode: 200, headers, body: html }, // light-my-request
      { status: () => 200, headers: () => headers, text: async () => html, url: () => url }, // Playwright
    ]) {
      assert.equal((await matchers.toHaveOpenGraphTags(received)).pass, true);
      assert.equal((await matchers.toKeepCardFor(received, 60)).pass, true);
    }
    assert.equal(await fetched.text(), html, 'the test can still read it');
    const shown = { content: async () => html, url: () => url };
    assert.equal((await matchers.toHaveCardOf(shown, url)).pass, true);
  });

  it('refuse what is no page, and HTML where headers are needed', () => {
    for (const nothing of [undefined, null, 7, {}] as never[]) {
      assert.throws(() => matchers.toHaveOpenGraphTags(nothing), /Expected a page's HTML, its response/);
    }
    assert.throws(() => matchers.toKeepCardFor(html, 60), /pass the response, not its HTML alone/);
  });
});

describe('the assertions', () => {
  it('say nothing of a page that is right', async () => {
    assertOpenGraphTags(html);
    assertOgTag(html, 'og:title', /Cake/);
    assertCardOf(html, url);
    assertKeepsCardFor({ headers: { 'cache-control': 'max-age=60' }, html }, 60);
    await assertKeepsCardFor(new Response(html, { headers: { 'cache-control': 'max-age=60' } }), 60);
  });

  it('throw as node:assert does', async () => {
    const thrown = { name: 'AssertionError', code: 'ERR_ASSERTION' };
    assert.throws(() => assertOpenGraphTags(''), thrown);
    assert.throws(() => assertOgTag(html, 'og:title', 'x'), thrown);
    assert.throws(() => assertCardOf(html, '/x'), thrown);
    await assert.rejects(async () => assertKeepsCardFor(new Response(html), 60), thrown);
  });
});
