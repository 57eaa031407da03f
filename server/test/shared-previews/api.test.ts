import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { Client, first, member, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let origin: Origin;
let website: Website;
let other: Website;
let outsider: SignedIn;
let editor: SignedIn;
let viewer: SignedIn;
let stranger: Client;

before(async () => {
  test = await startTestService();
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
  website = await test.website(origin.url);
  other = await test.website('https://other.example');
  await first(test);
  outsider = await member(test, other, 'owner', 'outsider');
  editor = await member(test, website, 'editor');
  viewer = await member(test, website, 'viewer');
  stranger = new Client(test);
});
after(async () => {
  await test?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const path = () => `/api/v1/websites/${website.id}/shared-previews`;
const create = (client: Client, body: unknown = { target: '/blog/hello?a=b' }) => client.ask('POST', path(), body);

describe('a shared preview, in the API', () => {
  it('is a link to one page that ends after a week, unless it is asked for longer', async () => {
    const { status, json } = await create(editor);
    assert.equal(status, 201);
    const made = json as unknown as Record<string, string>;
    assert.match(made['url'] ?? '', /^http:\/\/127\.0\.0\.1:\d+\/preview\/[\w-]{32}$/);
    assert.equal(made['target'], '/blog/hello?a=b');
    assert.equal(Date.parse(made['expiresAt'] ?? '') - test.clock.now(), 7 * 86_400_000);
    assert.equal(made['openedAt'], null);
    const long = (await create(editor, { target: '/', expiresInDays: 90 })).json as unknown as { expiresAt: string };
    assert.equal(Date.parse(long.expiresAt) - test.clock.now(), 90 * 86_400_000);
  });

  it('is listed with its link, all of them or those of one page, newest first', async () => {
    const one = (await create(editor, { target: '/listed' })).json;
    const two = (await create(editor, { target: `${website.origin}/listed` })).json;
    const of = async (client: Client, query: string) => (await client.ask('GET', `${path()}?${query}`)).json;
    assert.deepEqual(await of(viewer, 'target=/listed'), { sharedPreviews: [two, one] });
    const all = (await of(viewer, '')) as unknown as { sharedPreviews: unknown[] };
    assert.ok(all.sharedPreviews.length > 2);
  });

  it('says when it was last opened', async () => {
    const { url } = (await create(editor, { target: '/opened' })).json as unknown as { url: string };
    await test.ask(new URL(url).pathname, { 'user-agent': 'Slackbot 1.0' });
    const { json } = await editor.ask('GET', `${path()}?target=/opened`);
    const [listed] = (json as unknown as { sharedPreviews: Array<{ openedAt: string }> }).sharedPreviews;
    assert.equal(listed?.openedAt, new Date(test.clock.now()).toISOString());
  });

  it('is revoked for good', async () => {
    const { id, url } = (await create(editor)).json as unknown as { id: number; url: string };
    const open = () => test.ask(new URL(url).pathname, { 'user-agent': 'Slackbot 1.0' });
    assert.equal((await open()).status, 200);
    assert.equal((await editor.ask('DELETE', `${path()}/${id}`)).status, 204);
    assert.equal((await open()).status, 404);
    const { status, json } = await editor.ask('DELETE', `${path()}/${id}`);
    assert.deepEqual([status, json['detail']], [404, 'The website has no such shared preview, or it has expired.']);
  });

  it('is of a page of the website itself', async () => {
    for (const [target, says] of [
      ['blog', '"blog" is not a path such as /blog/hello?a=b'],
      ['https://other.example/page', `https://other.example/page is not a page of ${origin.url}.`],
      ['http://127.0.0.1:1/', `http://127.0.0.1:1/ is not a page of ${origin.url}.`],
    ] as const) {
      const { status, json } = await create(editor, { target });
      assert.deepEqual([status, json['detail']], [400, says]);
    }
    for (const body of [
      {},
      { target: '' },
      { target: '/', expiresInDays: 0 },
      { target: '/', expiresInDays: 91 },
      { target: '/', other: 1 },
    ]) {
      assert.equal((await create(editor, body)).status, 400, JSON.stringify(body));
    }
  });

  it('is made and revoked by who may have pages drawn, and seen by every member', async () => {
    const { id } = (await create(editor, { target: '/roles' })).json as unknown as { id: number };
    assert.equal((await create(viewer)).status, 403);
    assert.equal((await viewer.ask('DELETE', `${path()}/${id}`)).status, 403);
    assert.equal((await viewer.ask('GET', path())).status, 200);
    for (const client of [outsider, stranger]) {
      const expected = client === outsider ? 404 : 401;
      assert.equal((await create(client)).status, expected);
      assert.equal((await client.ask('GET', path())).status, expected);
      assert.equal((await client.ask('DELETE', `${path()}/${id}`)).status, expected);
    }
    assert.equal((await outsider.ask('DELETE', `/api/v1/websites/${other.id}/shared-previews/${id}`)).status, 404);
    assert.equal((await editor.ask('DELETE', `${path()}/${id}`)).status, 204);
  });

  it('is one of fifty at most', async () => {
    const count = async () => {
      const { json } = await editor.ask('GET', path());
      return (json as unknown as { sharedPreviews: unknown[] }).sharedPreviews.length;
    };
    for (let n = await count(); n < 50; n++) assert.equal((await create(editor, { target: '/' })).status, 201);
    assert.equal((await create(editor, { target: '/' })).status, 409);
    assert.equal(await count(), 50);
    test.clock.move(7 * 86_400);
    assert.equal((await create(editor, { target: '/' })).status, 201);
  });
});
