import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { crawlers } from '../harness/crawlers.ts';

interface Heard {
  readonly id: number;
  readonly consumer: string;
  readonly method: string;
  readonly what: string;
  readonly userAgent: string;
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly status: number;
  readonly type: string;
  readonly size: number;
  readonly curl: string;
}

const asking = new Asking();
const call = (path: string, method = 'GET') => callApi(asking.test, asking.website, `/probes${path}`, { method });

async function newProbe(): Promise<{ id: number; path: string; expiresAt: string }> {
  const { status, json } = await call('', 'POST');
  assert.equal(status, 201);
  const { id, url, expiresAt } = json();
  return { id, path: new URL(url).pathname, expiresAt };
}
const heard = async (id: number): Promise<Heard[]> => (await call(`/${id}/requests`)).json().requests;

describe('a crawler probe', () => {
  it('shows each request of ten real crawlers for its page and its picture, and what they got', async () => {
    const { id, path } = await newProbe();
    for (const { name, example, width, height, scale, formats } of crawlers) {
      const agent = { 'user-agent': example, 'accept-language': 'de' };
      const page = await asking.test.ask(path, agent);
      assert.equal(page.status, 200);
      const image = /og:image" content="([^"]+)"/.exec(page.body.toString())?.[1] ?? '';
      const picture = await asking.test.ask(new URL(image).pathname, agent);
      assert.ok(formats.includes(picture.headers['content-type'] ?? ''), `${name}: ${picture.headers['content-type']}`);
      const drawn = await sharp(picture.body).metadata();
      assert.deepEqual([drawn.width, drawn.height], [width * scale, height * scale], name);
      const [asked, shown] = (await heard(id)).slice(-2);
      assert.deepEqual(
        [asked?.consumer, asked?.what, asked?.userAgent, asked?.size],
        [name, 'page', example, page.body.length],
      );
      assert.deepEqual(
        [shown?.consumer, shown?.what, shown?.type, shown?.size],
        [name, 'picture', picture.headers['content-type'], picture.body.length],
      );
      assert.ok(shown?.headers.some(({ name, value }) => name === 'accept-language' && value === 'de'));
    }
    assert.equal((await heard(id)).length, 2 * crawlers.length);
  });

  it('gives the line that repeats a request exactly', async () => {
    const { id, path } = await newProbe();
    await asking.test.ask(path, { 'user-agent': "It's $HOME `x`", accept: '*/*', 'x-one': 'a"b' }, 'HEAD');
    const [first] = await heard(id);
    const port = new URL(asking.test.service.address).port;
    assert.match(first?.curl ?? '', /^curl --silent --head /);
    // The test's service does not know its port.
    const line = (first?.curl ?? '').replace('http://127.0.0.1:0/', `http://127.0.0.1:${port}/`);
    await promisify(execFile)('sh', ['-c', line]);
    const [, again] = await heard(id);
    assert.deepEqual([again?.method, again?.userAgent], ['HEAD', "It's $HOME `x`"]);
    const fields = (one: Heard | undefined) =>
      one?.headers.filter(({ name }) => !/^(host|connection)$/i.test(name)).map(({ name, value }) => [name, value]);
    assert.deepEqual(fields(again), fields(first));
  });

  it('tells of requests as they come, from where one listened last', async () => {
    const { id, path } = await newProbe();
    await asking.test.ask(path, { 'user-agent': 'Slackbot 1.0' });
    const [first] = await heard(id);
    const events = (await listen(id)).getReader();
    assert.equal((await next(events)).consumer, 'slack');
    await asking.test.ask(path, { 'user-agent': 'Discordbot/2.0' });
    assert.equal((await next(events)).consumer, 'discord');
    await events.cancel();
    const again = (await listen(id, { 'last-event-id': String(first?.id) })).getReader();
    assert.equal((await next(again)).consumer, 'discord');
    await again.cancel();
  });

  it('keeps no cookies of whoever asks, and is of its website alone', async () => {
    const { id, path } = await newProbe();
    await asking.test.ask(path, { cookie: 'a=b', authorization: 'Bearer x' });
    const [first] = await heard(id);
    assert.deepEqual(
      first?.headers.filter(({ name }) => /cookie|authorization/i.test(name)),
      [],
    );
    const other = await asking.test.website('https://other.example');
    assert.equal((await callApi(asking.test, other, `/probes/${id}/requests`)).status, 404);
    assert.equal((await callApi(asking.test, other, `/probes/${id}/events`)).status, 404);
  });

  it('ends after a day, or when it is removed', async () => {
    const { id, path } = await newProbe();
    assert.equal((await call(`/${id}`, 'DELETE')).status, 204);
    assert.equal((await asking.test.ask(path)).status, 404);
    const { path: second, expiresAt } = await newProbe();
    assert.equal(Date.parse(expiresAt) - asking.test.clock.now(), 86_400_000);
    asking.test.clock.move(86_399);
    assert.equal((await asking.test.ask(second)).status, 200);
    asking.test.clock.move(1);
    assert.equal((await asking.test.ask(second)).status, 404);
    assert.deepEqual((await call('')).json().probes, []);
  });

  it('takes so many requests a minute', async () => {
    const { id, path } = await newProbe();
    const statuses = new Set<number>();
    for (let n = 0; n < 121; n++) statuses.add((await asking.test.ask(path)).status);
    assert.deepEqual([...statuses], [200, 429]);
    assert.equal((await heard(id)).length, 120);
  });
});

async function listen(id: number, headers: Record<string, string> = {}) {
  const { publicKey } = asking.website;
  const apiKey = apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: asking.test.dataDir }), publicKey));
  const address = `${asking.test.service.address}/api/v1/websites/${asking.website.id}/probes/${id}/events`;
  const {
    status,
    headers: given,
    body,
  } = await fetch(address, { headers: { authorization: `Bearer ${apiKey}`, ...headers } });
  assert.deepEqual([status, given.get('content-type')], [200, 'text/event-stream']);
  assert.ok(body !== null);
  return body.pipeThrough(new TextDecoderStream());
}

/** The next event of the stream; none of the tests has two in one chunk. */
async function next(events: ReadableStreamDefaultReader<string>): Promise<Heard> {
  for (;;) {
    const { value = '', done } = await events.read();
    assert.ok(!done, 'the stream ended');
    const data = /^data: (.*)$/m.exec(value)?.[1];
    if (data !== undefined) return JSON.parse(data);
  }
}
