import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { ogplus, serve } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { withoutBrowser } from '../harness/service.ts';
import { until } from '../harness/until.ts';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
}

const asking = new Asking({ OGPLUS_FAILURE_MEMORY_MS: '0', OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '20' });
let receiver: Origin;
let got: Got[] = [];
let status = 204;

before(async () => {
  receiver = await startOrigin((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      got.push({ headers: req.headers, body, message: JSON.parse(body) });
      res.writeHead(status).end();
    });
  });
});
after(() => receiver[Symbol.asyncDispose]());

const call = (path: string, method = 'GET', body?: unknown) =>
  callApi(asking.test, asking.website, `/webhooks${path}`, { method, ...(body === undefined ? {} : { body }) });

async function newWebhook(body: object = {}): Promise<{ id: number; secret: string }> {
  got = [];
  const { status, json } = await call('', 'POST', { url: `${receiver.url}/hook`, ...body });
  assert.equal(status, 201, json().detail);
  return json();
}
const removed = (id: number) => call(`/${id}`, 'DELETE');
const deliveries = async (id: number) => (await call(`/${id}/deliveries`)).json().deliveries;
const received = (count: number) => until(`${count} messages came`, () => got.length >= count);
const types = () => got.map(({ message }) => message.type);

/** As the specification says it, in other words than the library. */
function signature({ headers, body }: Got, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

describe('a webhook', () => {
  it('gets a test message, signed after Standard Webhooks', async () => {
    const { id, secret } = await newWebhook();
    assert.match(secret, /^whsec_[A-Za-z0-9+/=]{44}$/);
    assert.equal((await call(`/${id}/test`, 'POST')).status, 202);
    await received(1);
    const [first] = got;
    assert.ok(first !== undefined);
    assert.equal(first.headers['webhook-signature'], signature(first, secret));
    assert.equal(first.headers['webhook-timestamp'], String(Math.floor(asking.test.clock.now() / 1000)));
    assert.equal(first.headers['content-type'], 'application/json');
    const website = { id: asking.website.id, origin: asking.website.origin };
    const timestamp = new Date(asking.test.clock.now()).toISOString();
    assert.deepEqual(first.message, { type: 'test', timestamp, data: { website } });
    await until('it is noted', async () => (await deliveries(id))[0]?.result === 'delivered');
    const [delivery] = await deliveries(id);
    assert.deepEqual(
      { id: delivery.id, attempts: delivery.attempts, answer: delivery.answer, body: delivery.body },
      { id: first.headers['webhook-id'], attempts: 1, answer: '204', body: first.body },
    );
    assert.equal((await call('')).json().webhooks[0].secret, undefined);
    await removed(id);
  });

  it('is told when a page begins to fail and when it recovers, once each', async () => {
    const { id } = await newWebhook();
    asking.origin.answer = page({ status: 500 });
    for (let n = 0; n < 3; n++) await asking.ask();
    await asking.test.service.webhooks.lookAtPages();
    await received(1);
    await asking.ask();
    await asking.test.service.webhooks.lookAtPages();
    asking.test.clock.move(1);
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    assert.equal((await asking.ask()).status, 200);
    await asking.test.service.webhooks.lookAtPages();
    await received(2);
    await asking.test.service.webhooks.lookAtPages();
    assert.deepEqual(types(), ['page.failing', 'page.recovered']);
    const { target } = asking;
    const about = { target, url: asking.origin.url + target };
    assert.deepEqual(got[0]?.message.data['page'], about);
    assert.equal(got[0]?.message.data['reason'], 'The page answers 500.');
    assert.deepEqual(got[1]?.message.data['page'], about);
    await removed(id);
  });

  it('is told that the quota is reached, once an hour', async () => {
    const { id } = await newWebhook({ events: ['quota.reached'] });
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    for (let n = 0; n < 30; n++) await asking.ask({}, `/quota/${n}`);
    await received(1);
    asking.test.clock.move(1800);
    for (let n = 0; n < 30; n++) await asking.ask({}, `/quota/half/${n}`);
    asking.test.clock.move(1801);
    for (let n = 0; n < 30; n++) await asking.ask({}, `/quota/full/${n}`);
    await received(2);
    assert.deepEqual(types(), ['quota.reached', 'quota.reached']);
    assert.deepEqual(got[0]?.message.data['quota'], { rendersPerMinute: 20 });
    await removed(id);
  });

  it('is tried again, later and later, with the same id, until it is received', async () => {
    const { id } = await newWebhook();
    status = 503;
    await call(`/${id}/test`, 'POST');
    for (const [attempts, seconds] of [
      [1, 5],
      [2, 300],
      [3, 1800],
    ] as const) {
      await until(
        `attempt ${attempts}`,
        async () => (await deliveries(id))[0]?.answer === '503' && got.length === attempts,
      );
      const [{ nextAt }] = await deliveries(id);
      assert.equal(Date.parse(nextAt) - asking.test.clock.now(), seconds * 1000);
      if (attempts === 3) status = 200;
      asking.test.clock.move(seconds);
    }
    await until('it is received', async () => (await deliveries(id))[0]?.result === 'delivered');
    assert.equal(new Set(got.map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.equal(new Set(got.map(({ headers }) => headers['webhook-signature'])).size, 4);
    status = 204;
    await removed(id);
  });

  it('gets no more when its receiver says that it is gone', async () => {
    const { id } = await newWebhook();
    status = 410;
    await call(`/${id}/test`, 'POST');
    await until('it is disabled', async () => (await call('')).json().webhooks[0].disabledAt !== null);
    status = 204;
    await call(`/${id}/test`, 'POST');
    await until('it is over', async () => (await deliveries(id))[0]?.result === 'failed');
    assert.equal(got.length, 1);
    const { json } = await callApi(asking.test, asking.website, '/audit-log?action=webhook.disabled');
    const [{ actor, action }] = json().entries;
    assert.deepEqual([actor, action.id, action.host], [{ kind: 'service' }, id, new URL(receiver.url).host]);
    await removed(id);
  });

  for (const [url, says] of [
    ['http://169.254.169.254/latest', /may not be reached/],
    ['http://[::1]:9000/', /may not be reached/],
    ['http://10.0.0.1/', /may not be reached/],
    ['ftp://example.com/', /only http and https/],
    ['https://user:pass@example.com/', /user or password/],
    ['https://1.5/hook', /"1\.5" would be read as the IP address 1\.0\.0\.5/],
    ['no address', /is not an address/],
  ] as const) {
    it(`is not made for ${url}`, async () => {
      const { status, json } = await call('', 'POST', { url });
      assert.ok([400, 403].includes(status));
      assert.match(json().detail, says);
    });
  }

  it('says what is wrong with a receiver that has no address', async () => {
    const { id } = await newWebhook({ url: 'http://localhost.localdomain.invalid/' });
    await call(`/${id}/test`, 'POST');
    await until(
      'it was tried',
      async () => (await deliveries(id))[0]?.attempts === 1 && (await deliveries(id))[0]?.answer,
    );
    assert.match((await deliveries(id))[0].answer, /has no address/);
    await removed(id);
  });
});

describe('webhooks of a service that is killed', () => {
  it('are delivered by the next one, with the same ids, each once and signed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ogplus-webhooks-'));
    const env = { OGPLUS_DATA_DIR: folder, OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8', ...withoutBrowser };
    try {
      await makeDataFolder(folder);
      const made = await ogplus(['site', 'create', 'http://127.0.0.1:1', '--json'], env);
      const { id, apiKey } = JSON.parse(made.stdout) as { id: number; apiKey: string };
      const post = (address: string, path: string, body: object = {}) =>
        fetch(`${address}/api/v1/websites/${id}/webhooks${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      [got, status] = [[], 503];
      await using killed = await serve(env);
      const answer = await post(killed.address, '', { url: `${receiver.url}/hook` });
      const webhook = (await answer.json()) as { id: number; secret: string };
      for (let n = 0; n < 3; n++) assert.equal((await post(killed.address, `/${webhook.id}/test`)).status, 202);
      await received(3);
      const ids = got.map(({ headers }) => headers['webhook-id']).toSorted();
      // An attempt that the kill cuts off is made again after a minute; one that failed, after five seconds.
      await until('it is noted that they failed', async () => {
        const headers = { authorization: `Bearer ${apiKey}` };
        const asked = await fetch(`${killed.address}/api/v1/websites/${id}/webhooks/${webhook.id}/deliveries`, {
          headers,
        });
        const { deliveries } = (await asked.json()) as { deliveries: ReadonlyArray<{ answer: string | null }> };
        return deliveries.every(({ answer }) => answer === '503');
      });
      killed.signal('SIGKILL');
      await killed.ended;
      [got, status] = [[], 204];
      await using _next = await serve(env);
      await received(3);
      assert.deepEqual(got.map(({ headers }) => headers['webhook-id']).toSorted(), ids);
      for (const one of got) assert.equal(one.headers['webhook-signature'], signature(one, webhook.secret));
    } finally {
      status = 204;
      await rm(folder, { recursive: true, force: true });
    }
  });
});
