import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { filesBelow } from '../harness/service.ts';
import { until } from '../harness/until.ts';

const asking = new Asking();
const call = (path: string, method = 'GET', body?: unknown) =>
  callApi(asking.test, asking.website, `/deploy-hooks${path}`, { method, ...(body === undefined ? {} : { body }) });

async function newHook(name = 'CI'): Promise<{ id: number; address: string }> {
  const { status, json } = await call('', 'POST', { name });
  assert.equal(status, 201, json().detail);
  const { id, url } = json();
  // With port 0, the service's public address has no port.
  return { id, address: asking.test.service.address + new URL(url).pathname };
}

async function post(address: string, body?: string, type = 'application/json') {
  const response = await fetch(address, {
    method: 'POST',
    ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
  });
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

const warmed = (id: number) =>
  until('the warm-up is done', async () => {
    const { json } = await callApi(asking.test, asking.website, `/warmups/${id}`);
    return json().state === 'done';
  });

describe('a deploy hook', () => {
  it('purges the website, and warms what was asked for lately', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=86400' } });
    await asking.ask({}, '/old');
    await callApi(asking.test, asking.website, '/usage'); // writes down when it was asked for
    asking.test.clock.move(40 * 86_400);
    await asking.ask({ 'user-agent': 'Slackbot 1.0' }, '/deployed/a');
    await asking.ask({}, '/deployed/b');
    const { id, address } = await newHook();
    const { status, json } = await post(address);
    assert.equal(status, 202);
    assert.deepEqual({ purged: json.purged, pages: json.pages }, { purged: 'website', pages: 2 });
    await warmed(json.warmup);
    const { requests, headers } = await asking.ask({ 'user-agent': 'Slackbot 1.0' }, '/deployed/b');
    assert.deepEqual({ requests, hit: /hit/.test(headers['cache-status'] ?? '') }, { requests: 0, hit: true });
    const [hook] = (await call('')).json().hooks;
    assert.deepEqual({ id: hook.id, name: hook.name, isUsed: hook.usedAt !== null }, { id, name: 'CI', isUsed: true });
  });

  for (const [what, body, purged, pages] of [
    ['a prefix', '{"prefix":"/deployed/"}', 'prefix', 2],
    ['pages', '{"targets":["/deployed/b"]}', 'targets', 1],
    ['what a host says of its deploy', '{"id":"5f","state":"ready"}', 'website', 2],
    ['an array', '[1]', 'website', 2],
  ] as const) {
    it(`purges ${purged === 'website' ? 'the website' : 'only that'} when its body is ${what}`, async () => {
      asking.test.clock.move(60);
      const { address } = await newHook();
      const { status, json } = await post(address, body);
      assert.deepEqual([status, json.purged, json.pages], [202, purged, pages], JSON.stringify(json));
    });
  }

  it('takes bodies of other kinds as none, and refuses what it cannot read', async () => {
    asking.test.clock.move(60);
    const { address } = await newHook();
    assert.equal((await post(address, 'payload=%7B%7D', 'application/x-www-form-urlencoded')).status, 202);
    assert.equal((await post(address, '{"prefix":"no slash"}')).status, 400);
    assert.equal((await post(address, '{')).status, 400);
  });

  it('is limited in its calls', async () => {
    asking.test.clock.move(60);
    const { address } = await newHook();
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push((await post(address)).status);
    assert.deepEqual(statuses, [202, 202, 202, 202, 202, 202, 429]);
    const { headers } = await post(address);
    assert.ok(Number(headers.get('retry-after')) > 0);
  });

  it('ends when it is revoked, and its token is nowhere in the data folder', async () => {
    asking.test.clock.move(60);
    const { id, address } = await newHook();
    const token = address.split('/').at(-1) ?? '';
    for (const { path, bytes } of await filesBelow(asking.test.dataDir)) assert.ok(!bytes.includes(token), path);
    assert.equal((await call(`/${id}`, 'DELETE')).status, 204);
    assert.equal((await post(address)).status, 404);
    assert.equal((await call(`/${id}`, 'DELETE')).status, 404);
  });
});
