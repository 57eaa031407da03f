import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { startTestService, type TestService } from '../harness/service.ts';

const paths = ['/', '/api/v1/', '/api/v1/session', '/api/auth/sign-in/email', '/metrics', '/about', '/assets/x.js'];
const misdirected = async (test: TestService, host: string) => {
  const statuses = await Promise.all(paths.map(async (path) => (await test.ask(path, { host })).status));
  if (statuses.every((status) => status === 421)) return true;
  assert.ok(!statuses.includes(421), `${host}: ${statuses}`);
  return false;
};

describe('a service on its own machine', () => {
  let test: TestService;
  before(async () => {
    test = await startTestService();
  });
  after(() => test[Symbol.asyncDispose]());

  for (const host of [
    'localhost',
    'localhost:3000',
    'LOCALHOST.',
    '127.0.0.1:3000',
    '127.0.0.1',
    '[::1]:3000',
    '127.1.2.3',
  ]) {
    it(`answers to ${host}`, async () => assert.equal(await misdirected(test, host), false));
  }

  // What a page of another site, whose name was made to lead here, has its visitor's browser send.
  for (const host of [
    'rebound.example',
    'rebound.example:3000',
    '127.0.0.1.nip.io',
    '10.0.0.1',
    'localhost.example',
    '2130706433',
  ]) {
    it(`does not answer to ${host}`, async () => assert.equal(await misdirected(test, host), true));
  }

  it('says what to do', async () => {
    const { headers, body } = await test.ask('/', { host: 'rebound.example' });
    assert.equal(headers['content-type'], 'application/problem+json');
    const { title, detail } = JSON.parse(body.toString());
    assert.equal(title, 'The service does not answer to this host name');
    assert.match(detail, /rebound\.example.*OGPLUS_HOSTS/);
  });

  it('tells its health under every name: probes ask by address', async () => {
    for (const host of ['rebound.example', '10.0.0.1:3000']) {
      for (const path of ['/healthz', '/readyz', '/readyz?verbose']) {
        assert.equal((await test.ask(path, { host })).status, 200);
      }
    }
  });

  it('sends cards under every name that names a website', async () => {
    await using origin: Origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    const website = await test.website(origin.url);
    assert.equal((await test.card(website, '/')).status, 200);
    const target = `/api/websites/v1/domain/${website.publicKey}/image/`;
    assert.equal((await test.ask(target, { host: 'cdn.example' })).status, 200);
  });
});

describe('a service with a name', () => {
  let test: TestService;
  before(async () => {
    test = await startTestService({
      OGPLUS_URL: 'https://ogplus.example/',
      OGPLUS_CONNECTION_DOMAIN: 'cards.example',
      OGPLUS_HOSTS: 'ogplus.internal, Other.example',
    });
  });
  after(() => test[Symbol.asyncDispose]());

  for (const host of [
    'ogplus.example',
    'OGPLUS.example.',
    'ogplus.example:443',
    'ogplus.internal:3000',
    'other.EXAMPLE',
  ]) {
    it(`answers to ${host}`, async () => assert.equal(await misdirected(test, host), false));
  }
  it('answers on its own machine', async () => assert.equal(await misdirected(test, 'localhost:3000'), false));
  for (const host of ['cards.example', 'www.ogplus.example', 'ogplus.example.evil.example', 'xogplus.example']) {
    it(`does not answer to ${host}`, async () => assert.equal(await misdirected(test, host), true));
  }
});
