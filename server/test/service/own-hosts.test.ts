import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HostName, Website } from '../../src/model/website.ts';
import type { AuditLog } from '../../src/websites/audit/audit-log.ts';
import { dnsRecords } from '../../src/websites/dns-records.ts';
import { OwnHosts } from '../../src/websites/own-hosts.ts';
import { parseOwnHost } from '../../src/websites/parse.ts';
import { callApi } from '../harness/api.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { startTestService, type TestService } from '../harness/service.ts';
import { type NameServer, type Records, startNameServer } from '../origin/name-server.ts';

const service = { url: 'https://ogplus.example', connectionDomain: 'localhost' };
const host = 'cards.its-site.example';
const records = new Map<string, Records>();
let names: NameServer;
let test: TestService;
let origin: Origin;
let website: Website;
let other: Website;

before(async () => {
  names = await startNameServer((name) => records.get(name));
  test = await startTestService({ OGPLUS_URL: service.url }, undefined, dnsRecords([names.address]));
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
  website = await test.website(origin.url);
  other = await test.website('http://127.0.0.1:9999');
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await names[Symbol.asyncDispose]();
});

const askOwn = (target: string, name = host) => test.ask(target, { host: name });
const isCard = async (name = host) =>
  /^image\//.test((await askOwn('/healthz', name)).headers['content-type'] ?? '') ? 'card' : 'no card';
const set = async (of: Website, ownHost: string | null) => {
  const { status, json } = await callApi(test, of, '/settings', { method: 'PATCH', body: { ownHost } });
  return { status, body: json() };
};
const check = async (of: Website) => (await callApi(test, of, '/own-host-checks', { method: 'POST' })).json();
const proven = async (of: Website) => (await callApi(test, of, '')).json().settings.ownHostProof?.proven ?? null;
/** Nobody asks for a host any more, and no name has records. */
const forget = async () => {
  records.clear();
  for (const one of [website, other]) await set(one, null);
};

describe("a website's own host", () => {
  it('counts for nothing until it is proven, and says what is missing', async () => {
    const { status, body } = await set(website, 'Cards.Its-Site.example');
    assert.equal(status, 200);
    assert.equal(body.ownHost, host);
    assert.deepEqual(body.ownHostProof, {
      proven: false,
      records: [
        { type: 'CNAME', name: host, value: `${website.connection}.localhost` },
        { type: 'TXT', name: `_ogplus.${host}`, value: website.connection },
      ],
    });
    assert.equal(await isCard(), 'no card');
  });

  for (const [what, record] of [
    ['a CNAME to the connection address', () => [host, { cname: `${website.connection}.LOCALHOST` }]],
    ['a TXT record with the connection', () => [`_ogplus.${host}`, { texts: ['v=spf1', website.connection] }]],
  ] as ReadonlyArray<readonly [string, () => [string, Records]]>) {
    it(`is proven by ${what}: at once where it is there already`, async () => {
      await forget();
      records.set(...record());
      assert.equal((await set(website, host)).body.ownHostProof.proven, true);
      assert.equal(await isCard(), 'card');
    });

    it(`is proven by ${what}: when it is looked at again`, async () => {
      await forget();
      await set(website, host);
      records.set(...record());
      assert.equal(await isCard(), 'no card');
      assert.equal((await check(website)).ownHostProof.proven, true);
      assert.equal(await isCard(), 'card');
    });
  }

  it('is looked at again without being asked', async () => {
    await forget();
    await set(website, host);
    const { websites } = test.service.store;
    const noted: string[] = [];
    const audit: Pick<AuditLog, 'note'> = {
      note: async ({ actor }, ...actions) => void noted.push(...actions.map(({ kind }) => `${actor.kind} ${kind}`)),
    };
    const hosts = new OwnHosts({ websites, audit, dns: dnsRecords([names.address]), connectionDomain: 'localhost' });
    await hosts.checkAll();
    assert.equal(await proven(website), false);
    records.set(`_ogplus.${host}`, { texts: [website.connection] });
    await hosts.checkAll();
    assert.equal(await proven(website), true);
    assert.deepEqual(noted, ['service website.host-proven']);
  });

  it('is not proven by records of others', async () => {
    await forget();
    records.set(host, { cname: `${other.connection}.localhost` });
    records.set(`_ogplus.${host}`, { texts: [other.connection, '', `${website.connection}x`] });
    assert.equal((await set(website, host)).body.ownHostProof.proven, false);
    assert.equal(await isCard(), 'no card');
  });

  it('stands for its connection address, in whatever case, with and without a port', async () => {
    await forget();
    records.set(host, { cname: `${website.connection}.localhost` });
    await set(website, host);
    const connection = await test.card(website, '/page');
    for (const name of [host, host.toUpperCase(), `${host}:8443`, `${host}.`]) {
      const own = await askOwn('/page', name);
      assert.equal(own.status, 200, name);
      assert.equal(own.headers['etag'], connection.headers['etag']);
      assert.match(own.headers['cache-status'] ?? '', /hit/);
    }
  });

  it('serves cards and nothing else', async () => {
    origin.heard.length = 0;
    for (const path of ['/readyz', '/api/v1/websites', `/api/websites/v1/domain/${other.publicKey}/image/`]) {
      const { headers } = await askOwn(path);
      assert.match(headers['content-type'] ?? '', /^image\//, path);
    }
    assert.deepEqual(
      origin.heard.map(({ target }) => target),
      ['/readyz', '/api/v1/websites', `/api/websites/v1/domain/${other.publicKey}/image/`],
    );
  });

  it('is nothing any more once it is taken away, or another one is asked for', async () => {
    await set(website, 'other.its-site.example');
    assert.equal(await isCard(), 'no card');
    await set(website, host);
    assert.equal(await isCard(), 'card');
    await set(website, null);
    assert.equal(await isCard(), 'no card');
  });
});

describe('a host that two websites ask for', () => {
  it('is not kept from its owner by who has not proven it', async () => {
    await forget();
    assert.equal((await set(other, host)).status, 200);
    records.set(host, { cname: `${website.connection}.localhost` });
    assert.equal((await set(website, host)).body.ownHostProof.proven, true);
    assert.equal((await check(other)).ownHostProof.proven, false);
    assert.equal((await test.service.store.websites.byOwnHost(host as HostName))?.id, website.id);
  });

  it('is refused to others while its proof holds, and to nobody else', async () => {
    await set(other, null);
    const { status, body } = await set(other, host);
    assert.deepEqual([status, body.detail], [409, `The host ${host} belongs to another website.`]);
    // Whoever has the domain now says so.
    records.set(host, { cname: `${other.connection}.localhost` });
    assert.equal((await set(other, host)).body.ownHostProof.proven, true);
    assert.equal(await proven(website), false);
  });

  it("is the operator's to give, whatever the DNS says", async () => {
    await forget();
    const { websites } = test.service.store;
    await websites.changeSettings(website.id, { ownHost: host as HostName });
    await websites.proveOwnHost(website.id, { name: host as HostName, by: 'operator' });
    records.set(host, { cname: `${other.connection}.localhost` });
    assert.equal((await set(other, host)).status, 409);
    assert.equal(await proven(website), true);
    await forget();
  });
});

describe("the service's own names", () => {
  const taken = () => [
    'ogplus.example',
    'OGPLUS.example',
    'ogplus.example.',
    'a.b.ogplus.example',
    'www.localhost',
    `${website.connection}.localhost`,
    `${website.connection.toUpperCase()}.LOCALHOST`,
    `${website.connection}.localhost.`,
    `x.${website.connection}.localhost`,
  ];

  it('are nobody else’s own', async () => {
    for (const name of taken()) {
      const { status, body } = await set(other, name);
      assert.equal(status, 400, name);
      assert.match(body.detail, /belongs to this service/);
    }
  });

  it('lead where they lead, even where one was set before it was refused', async () => {
    const { websites } = test.service.store;
    const victims = `${website.connection}.localhost` as HostName;
    await websites.changeSettings(other.id, { ownHost: victims });
    await websites.proveOwnHost(other.id, { name: victims, by: 'operator' });
    const before = origin.heard.length;
    assert.equal((await test.card(website, '/whose')).status, 200);
    assert.equal(origin.heard.length, before + 1);
    const own = 'ogplus.example' as HostName;
    await websites.changeSettings(other.id, { ownHost: own });
    await websites.proveOwnHost(other.id, { name: own, by: 'operator' });
    assert.equal(await isCard(own), 'no card');
  });
});

describe('what is no host name of its own', () => {
  for (const wrong of [
    '',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '1',
    'a.1',
    '-a.example',
    'a-.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    'a b.example',
    'a_b.example',
    "a'b.example",
    'example.com:80',
    'example.com/',
    'u@a.b',
    '*.a.b',
  ]) {
    it(`is "${wrong.slice(0, 20)}"`, () => assert.throws(() => parseOwnHost(wrong, service), /is not a host name/));
  }
});
