import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOwnHost } from '../../src/websites/parse.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking({ OGPLUS_URL: 'https://ogplus.example' });
const host = 'cards.its-site.example';
const askOwn = (target: string, name = host) => asking.test.ask(target, { host: name });
const setOwnHost = (name: string | null) =>
  asking.test.service.store.websites.changeSettings(asking.website.id, {
    ownHost: name === null ? null : parseOwnHost(name),
  });

describe("a website's own host", () => {
  it('stands for its connection address, in whatever case, with and without a port', async () => {
    assert.equal(await setOwnHost(host), true);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    const connection = await asking.ask();
    for (const name of [host, host.toUpperCase(), `${host}:8443`, `${host}.`]) {
      const own = await askOwn(asking.target, name);
      assert.equal(own.status, 200, name);
      assert.equal(own.headers['etag'], connection.headers['etag']);
      assert.match(own.headers['cache-status'] ?? '', /hit/);
    }
  });

  it('serves cards and nothing else', async () => {
    asking.origin.heard.length = 0;
    for (const path of ['/healthz', '/api/v1/websites']) {
      const { headers } = await askOwn(path);
      assert.match(headers['content-type'] ?? '', /^image\//, path);
    }
    assert.deepEqual(
      asking.origin.heard.map(({ target }) => target),
      ['/healthz', '/api/v1/websites'],
    );
  });

  it('is nothing any more once it is taken away', async () => {
    await setOwnHost(null);
    assert.equal((await askOwn('/healthz')).headers['content-type'], 'application/json; charset=utf-8');
  });

  it('belongs to one website', async () => {
    await setOwnHost(host);
    const other = await asking.test.website('http://127.0.0.1:9999');
    const { store } = asking.test.service;
    assert.equal(
      await store.websites.changeSettings(other.id, { ownHost: parseOwnHost(host), equalDocuments: true }),
      false,
    );
    assert.equal((await store.websites.byId(other.id))?.settings.equalDocuments, false);
  });

  it("is never the service's own name", async () => {
    await setOwnHost('ogplus.example');
    assert.equal(
      (await askOwn('/healthz', 'ogplus.example')).headers['content-type'],
      'application/json; charset=utf-8',
    );
    await setOwnHost(null);
  });

  for (const wrong of [
    '',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '1',
    'a b.example',
    'example.com:80',
    'example.com/',
    'u@a.b',
    '*.a.b',
  ]) {
    it(`is not "${wrong}"`, () => {
      assert.throws(() => parseOwnHost(wrong), /is not a host name/);
    });
  }
});
