import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();

/** All that is told and kept of the page now. */
const told = async () => {
  const query = `?target=${encodeURIComponent(asking.target)}`;
  const kept = await callApi(asking.test, asking.website, `/page${query}`);
  const check = await callApi(asking.test, asking.website, `/check${query}`);
  return { kept: kept.bytes.length, check: check.bytes.length, page: kept.json() };
};
const refused = async (says: RegExp) => {
  const { status, body } = await asking.ask();
  assert.match(JSON.parse(body.toString()).detail, says);
  assert.ok(body.length < 1000, `${body.length} bytes`);
  return status;
};

describe('what a page says at great length', () => {
  it('as a tag is kept and told in short', async () => {
    const long = '9'.repeat(4_000_000);
    const names = ['og:plus:cache:max_age', 'og:plus:cache:etag', 'og:plus:selector', 'og:plus:style', 'og:title'];
    const tags = names.map((name) => `<meta property="${name}" content="x${long.slice(0, 1_500_000)}">`);
    asking.origin.answer = page({ head: tags.join(''), headers: { 'Cache-Control': 'max-age=60' } });
    assert.equal((await asking.ask()).status, 200);
    const { kept, check, page: found } = await told();
    assert.ok(kept < 20_000 && check < 20_000, `${kept} and ${check} bytes`);
    assert.match(JSON.stringify(found), /og:plus:cache:max_age \\"x9{90,200}…\\" — ignored/);
  });

  it('as directives is kept and told in short', async () => {
    const many = Array.from({ length: 500 }, (_, n) => `max-age=${n}`).join(',');
    asking.origin.answer = page({ headers: { 'Cache-Control': many, Age: 'x'.repeat(1000) } });
    assert.equal((await asking.ask()).status, 200);
    const { kept } = await told();
    assert.ok(kept < 40_000, `${kept} bytes`);
  });

  for (const name of ['Cache-Control', 'CDN-Cache-Control', 'ETag', 'Vary', 'Expires']) {
    it(`as ${name} is no answer that can be judged`, async () => {
      asking.origin.answer = page({ headers: { [name]: 'a'.repeat(10_000) } });
      assert.equal(await refused(/longer than 8192 characters/), 502);
    });
  }

  it('as its type is told in short', async () => {
    asking.origin.answer = (_, res) => res.writeHead(200, { 'Content-Type': `text/${'a'.repeat(6000)}` }).end();
    assert.equal(await refused(/not HTML/), 422);
  });

  it('as where it redirects to is not followed', async () => {
    asking.origin.answer = (_, res) => res.writeHead(302, { Location: `/${'a'.repeat(10_000)}` }).end();
    assert.equal(await refused(/redirects to an address longer than 8192 characters/), 502);
  });

  it('as encodings of encodings is not unpacked', async () => {
    for (const layers of [Array<string>(1500).fill('br'), Array<string>(1500).fill('identity'), ['br', 'br', 'br']]) {
      asking.target += 'x';
      asking.origin.answer = (_, res) =>
        res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': layers.join(',') }).end('x');
      assert.equal(await refused(/more than two content encodings/), 422);
    }
    asking.target += 'x';
    asking.origin.answer = (_, res) =>
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'a'.repeat(6000) }).end('x');
    assert.equal(await refused(/was not requested/), 422);
  });
});
