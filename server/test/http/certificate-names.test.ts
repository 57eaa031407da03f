import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HostName, Website } from '../../src/model/website.ts';
import { startTestService, type TestService } from '../harness/service.ts';

describe('a proxy that issues certificates on demand', () => {
  const ownHost = 'social.shop.example' as HostName;
  const unproven = 'social.other.example' as HostName;
  let test: TestService;
  let website: Website;
  // As a proxy does, which reaches the service by an address of its own.
  const status = async (query: string) => (await test.ask(`/tls/allowed${query}`, { host: '10.0.0.7:3000' })).status;
  const allowed = (name: string) => status(`?domain=${encodeURIComponent(name)}`);

  before(async () => {
    test = await startTestService({
      OGPLUS_URL: 'https://ogplus.example',
      OGPLUS_CONNECTION_DOMAIN: 'cards.example',
      OGPLUS_HOSTS: 'ogplus.internal',
    });
    website = await test.website('https://shop.example');
    const other = await test.website('https://other.example');
    const { websites } = test.service.store;
    await websites.changeSettings(website.id, { ownHost });
    await websites.proveOwnHost(website.id, { name: ownHost, by: 'dns' });
    await websites.changeSettings(other.id, { ownHost: unproven });
  });
  after(() => test[Symbol.asyncDispose]());

  it("is told yes for the service's names", async () => {
    for (const name of ['ogplus.example', 'OGPLUS.example.', 'ogplus.internal']) assert.equal(await allowed(name), 200);
  });
  it('is told yes for a connection address and a proven host', async () => {
    assert.equal(await allowed(`${website.connection}.cards.example`), 200);
    assert.equal(await allowed(ownHost), 200);
  });
  it('is told no for everything else', async () => {
    for (const name of [
      'aaaaaaaa.cards.example',
      'cards.example',
      `x.${website.connection}.cards.example`,
      unproven,
      'shop.example',
      'evil.example',
      '10.0.0.7',
    ]) {
      assert.equal(await allowed(name), 404, name);
    }
  });
  it('must name one domain', async () => {
    for (const query of ['', '?domain=', `?domain=${'a'.repeat(254)}`]) assert.equal(await status(query), 400, query);
  });
});
