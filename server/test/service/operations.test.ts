import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Static } from 'typebox';
import type { ServiceStatus as Schema } from '../../src/http/api/schemas/service.ts';
import type { Website } from '../../src/model/website.ts';
import { callApi } from '../harness/api.ts';
import { ogplus } from '../harness/command.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { Client, first, member, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService } from '../harness/service.ts';
import { until } from '../harness/until.ts';

type Status = Static<typeof Schema>;

const paths = [
  ['GET', '/api/v1/service'],
  ['GET', '/api/v1/service/websites'],
  ['POST', '/api/v1/service/doctor'],
] as const;

async function statusOf(owner: Client): Promise<Status> {
  const { status, json, text } = await owner.ask('GET', '/api/v1/service');
  assert.equal(status, 200, text);
  return json as unknown as Status;
}

function own(status: Status): NonNullable<Status['nodes'][number]['status']> {
  const node = status.nodes[0]?.status;
  assert.ok(node !== undefined && node !== null);
  return node;
}

let test: TestService;
let origin: Origin;
let website: Website;
let owner: SignedIn;
/** Process ids of those that were started. */
const browsers: number[] = [];

before(async () => {
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
  const write = (line: string) => {
    const { browserPid, msg } = JSON.parse(line) as { browserPid?: number; msg?: string };
    if (msg === 'the browser is up' && browserPid !== undefined) browsers.push(browserPid);
  };
  test = await startTestService({ OGPLUS_RENDERERS: '2', OGPLUS_LOG_LEVEL: 'info' }, { write });
  website = await test.website(origin.url);
  owner = await first(test, 'ada');
});
after(async () => {
  await test?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

describe('the status of a service', () => {
  it('is for its owner alone, signed in: no member, no key, no stranger', async () => {
    const editor = await member(test, website, 'owner', 'grace');
    const { json } = await owner.ask('POST', '/api/v1/account/api-keys', { name: 'a', scopes: ['usage:read'] });
    const key = new Client(test, { authorization: `Bearer ${json['key']}` });
    for (const [method, path] of paths) {
      assert.equal((await owner.ask(method, path)).status, 200, path);
      const refused = await editor.ask(method, path);
      assert.equal(refused.status, 403);
      assert.equal(refused.json['detail'], 'Only the owner of the service may see this.');
      assert.equal((await key.ask(method, path)).status, 403);
      assert.equal((await new Client(test).ask(method, path)).status, 401);
      assert.equal((await callApi(test, website, path, { method })).status, 403);
    }
    const [post] = [await owner.ask('POST', '/api/v1/service/doctor', undefined, { origin: 'https://other.example' })];
    assert.equal(post.status, 403);
    const sessions = [await owner.ask('GET', '/api/v1/session'), await editor.ask('GET', '/api/v1/session')];
    assert.deepEqual(
      sessions.map(({ json }) => json['ownsService']),
      [true, false],
    );
  });

  it('says how the node, its browser and the store are', async () => {
    assert.equal((await test.card(website, '/')).status, 200);
    const status = await statusOf(owner);
    const { drawing, requests, memory, disk, version, startedAt } = own(status);
    assert.equal(status.nodes.length, 1);
    assert.ok(status.nodes[0]?.isThis === true && status.nodes[0].alive);
    assert.match(version, /^\d+\.\d+\.\d+/);
    assert.equal(startedAt, new Date(test.clock.now()).toISOString());
    assert.deepEqual([drawing.places, drawing.drawing, drawing.waiting, drawing.started], [2, 0, 0, 1]);
    assert.equal(drawing.browser.state, 'running');
    assert.match(drawing.browser.product ?? '', /^(Headless)?Chrom\w+\/\d+\./);
    assert.deepEqual([requests.waiting, requests.workers], [0, 0]);
    assert.ok(memory.service > 10_000_000 && memory.limit > memory.service);
    assert.ok(disk !== null && disk.free > 0 && disk.total >= disk.free);
    assert.deepEqual([status.database.kind, status.database.answers], ['sqlite', true]);
    assert.ok((status.database.bytes ?? 0) > 10_000 && (status.database.latency ?? 0) > 0);
    assert.equal(status.pictures.storage, 'files');
    assert.ok((status.pictures.bytes ?? 0) > 1000);
  });

  it('counts what websites cost, and lists those that took most of the browser first', async () => {
    const image = await test.website('https://quiet.example');
    const costs = async (days: number) => {
      const { json } = await owner.ask('GET', `/api/v1/service/websites?days=${days}`);
      return json as unknown as { days: number; websites: Array<Record<string, number | string>> };
    };
    await test.card(website, '/costly');
    const found = await costs(1);
    assert.equal(found.websites.length, 1, 'a website without requests costs nothing');
    const [one] = found.websites;
    assert.equal(one?.['id'], website.id);
    assert.notEqual(one?.['id'], image.id);
    assert.deepEqual([one?.['fetches'], one?.['drawings']], [2, 2]);
    assert.ok(Number(one?.['browserSeconds']) > 0);
    assert.ok(Number(one?.['bytes']) > 100);

    origin.answer = page({ status: 500 });
    await test.card(website, '/broken');
    assert.deepEqual((await costs(1)).websites[0]?.['fetches'], 3, 'what came to nothing costs too');
    test.clock.move(24 * 3600);
    assert.deepEqual((await costs(1)).websites, []);
    assert.equal((await costs(2)).websites.length, 1);
    assert.equal((await owner.ask('GET', '/api/v1/service/websites?days=0')).status, 400);
  });

  it('shows that a browser was killed, with the line of the log, and that the next card starts another', async () => {
    origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    await test.card(website, '/before');
    const pids = browsers.splice(0);
    assert.ok(pids.length > 0);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await until('it is seen', async () => own(await statusOf(owner)).drawing.browser.state === 'resting');
    const { drawing, errors } = own(await statusOf(owner));
    assert.equal(drawing.browser.exits, pids.length);
    const [error] = errors;
    assert.match(error?.says ?? '', /^browser exited/);
    assert.deepEqual([error?.level, error?.count], ['warning', pids.length]);
    assert.equal((await test.card(website, '/after')).status, 200);
    assert.equal(own(await statusOf(owner)).drawing.browser.state, 'running');
  });
});

describe('the checks of a running service', () => {
  it('find what doctor finds, once for all who look at the same time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => owner.ask('POST', '/api/v1/service/doctor')));
    assert.deepEqual(a?.json, b?.json);
    const checks = a?.json['checks'] as unknown as Array<{ name: string; level: string; mend: string | null }>;
    const of = (name: string) => checks.find((check) => check.name === name);
    for (const name of ['data folder', 'store', 'master key', 'node', 'browser', 'fonts'])
      assert.equal(of(name)?.level, 'good', JSON.stringify(of(name)));
    assert.equal(of('public address')?.level, 'hint');
    for (const { level, mend } of checks) assert.equal(mend === null, level === 'good');
  });
});

describe('a service whose browser does not start', () => {
  it('says so first, with what to do, and doctor says it too', async () => {
    await using broken = await startTestService({ OGPLUS_BROWSER: '/bin/false' });
    const ada = await first(broken, 'ada');
    await until('it was tried', async () => own(await statusOf(ada)).drawing.browser.state === 'failing');
    const { concerns } = await statusOf(ada);
    const [concern] = concerns;
    assert.equal(concern?.level, 'bad');
    assert.match(concern?.says ?? '', /^The browser does not start: /);
    assert.match(concern?.mend ?? '', /\S/);
    const { json } = await ada.ask('POST', '/api/v1/service/doctor');
    const checks = json['checks'] as unknown as Array<{ name: string; level: string }>;
    assert.equal(checks.find(({ name }) => name === 'browser')?.level, 'bad');
    await broken.card(await broken.website(origin.url), '/');
    const costs = (await ada.ask('GET', '/api/v1/service/websites')).json['websites'] as unknown as Array<
      Record<string, number>
    >;
    assert.deepEqual([costs[0]?.['fetches'], costs[0]?.['drawings']], [1, 0], 'no browser was occupied');
  });
});

describe('ogplus account owner', () => {
  it('names another owner, at once and for a service that runs', async () => {
    const env = { OGPLUS_DATA_DIR: test.dataDir };
    const grace = new Client(test);
    await grace.signIn('grace@people.example');
    assert.match((await ogplus(['account', 'owner'], env)).stdout, /^ada <ada@people\.example>/);
    const named = await ogplus(['account', 'owner', 'Grace@people.example'], env);
    assert.deepEqual([named.code, named.stdout], [0, 'grace <grace@people.example> owns the service now.\n']);
    assert.equal((await grace.ask('GET', '/api/v1/service')).status, 200);
    assert.equal((await owner.ask('GET', '/api/v1/service')).status, 403);
    const unknown = await ogplus(['account', 'owner', 'nobody@people.example'], env);
    assert.deepEqual([unknown.code, /There is no account for nobody/.test(unknown.stderr)], [1, true]);
  });
});
