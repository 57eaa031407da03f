import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { Client, first, join, member, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let owner: SignedIn;
let website: Website;
let path: string;
let count = 0;

before(async () => {
  test = await startTestService(withoutBrowser);
  owner = await first(test, 'olga');
});
after(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  website = await test.website(`https://site-${++count}.example`); // the first account's
  path = `/api/v1/websites/${website.id}`;
});

async function invite(role: string): Promise<string> {
  const { status, json } = await owner.ask('POST', `${path}/invitations`, { role });
  assert.equal(status, 201);
  const [, token = ''] = /^http:\/\/127\.0\.0\.1:\d+\/invitation\/([\w-]{32})$/.exec(String(json['link'])) ?? [];
  assert.ok(String(json['link']).startsWith(test.service.address));
  return token;
}

const namesOf = async (client: Client) =>
  ((await client.ask('GET', `${path}/members`)).json as unknown as { members: Array<{ name: string }> }).members.map(
    ({ name }) => name,
  );

describe('an invitation', () => {
  it('says what it is for, and makes a member of who has no account yet', async () => {
    const token = await invite('editor');
    const { json } = await new Client(test).ask('GET', `/api/v1/invitations/${token}`);
    const expiresAt = new Date(test.clock.now() + 7 * 86_400_000).toISOString();
    assert.deepEqual(json, {
      kind: 'website',
      origin: website.origin,
      host: website.origin.replace('https://', ''),
      role: 'editor',
      expiresAt,
    });
    const editor = await join(test, 'emil', token);
    assert.equal((await editor.ask('GET', path)).json['role'], 'editor');
    assert.deepEqual(await namesOf(editor), ['emil', 'olga']);
    assert.equal((await new Client(test).ask('GET', `/api/v1/invitations/${token}`)).status, 404);
  });

  it('makes a member of who has an account, and leaves a higher role as it is', async () => {
    const vera = await member(test, website, 'viewer', 'vera');
    const accept = async (role: string) => vera.ask('POST', `/api/v1/invitations/${await invite(role)}`);
    assert.deepEqual((await accept('editor')).json, { websiteId: website.id, role: 'editor' });
    assert.deepEqual((await accept('viewer')).json, { websiteId: website.id, role: 'editor' });
    const used = await invite('viewer');
    await vera.ask('POST', `/api/v1/invitations/${used}`);
    assert.equal((await vera.ask('POST', `/api/v1/invitations/${used}`)).status, 404);
  });

  it('is over after seven days', async () => {
    const token = await invite('viewer');
    test.clock.move(7 * 86_400 - 1);
    assert.equal((await new Client(test).ask('GET', `/api/v1/invitations/${token}`)).status, 200);
    test.clock.move(1);
    assert.equal((await new Client(test).ask('GET', `/api/v1/invitations/${token}`)).status, 404);
  });

  it('is shown to owners, without its link, and can be withdrawn', async () => {
    const token = await invite('owner');
    const viewer = await member(test, website, 'viewer', 'victor');
    const listed = async (client: Client) =>
      ((await client.ask('GET', `${path}/members`)).json as unknown as { invitations: Array<Record<string, unknown>> })
        .invitations;
    const [shown] = await listed(owner);
    assert.deepEqual([shown?.['role'], shown?.['createdBy']], ['owner', 'olga']);
    assert.doesNotMatch(JSON.stringify(shown), new RegExp(token));
    assert.deepEqual(await listed(viewer), []);
    assert.equal((await owner.ask('DELETE', `${path}/invitations/${shown?.['id']}`)).status, 204);
    assert.equal((await new Client(test).ask('GET', `/api/v1/invitations/${token}`)).status, 404);
  });
});

describe('an owner who is demoted or removed', () => {
  it('does not come back by an invitation of their own', async () => {
    const otto = await member(test, website, 'owner', 'otto');
    const linkOf = async () =>
      new URL(String((await otto.ask('POST', `${path}/invitations`, { role: 'owner' })).json['link'])).pathname;
    const links = [await linkOf(), await linkOf()];
    await owner.ask('PATCH', `${path}/members/${otto.id}`, { role: 'viewer' });
    await owner.ask('DELETE', `${path}/members/${otto.id}`);
    for (const link of links) {
      const refused = await otto.ask('POST', `/api/v1/invitations/${link.split('/').at(-1)}`);
      assert.equal(refused.status, 404, refused.text);
    }
    assert.equal((await otto.ask('GET', path)).status, 404);
  });
});

describe('a member', () => {
  it('may what the role says, from the next request on', async () => {
    const eva = await member(test, website, 'editor', 'eva');
    const settings = () => eva.ask('PATCH', `${path}/settings`, { defaultMaxAge: 60 });
    assert.equal((await settings()).status, 200);
    await owner.ask('PATCH', `${path}/members/${eva.id}`, { role: 'viewer' });
    const refused = await settings();
    assert.equal(refused.status, 403);
    assert.equal(refused.json['detail'], 'This needs the role editor; yours is viewer.');
    await owner.ask('DELETE', `${path}/members/${eva.id}`);
    assert.equal((await eva.ask('GET', path)).status, 404);
    assert.deepEqual((await eva.ask('GET', '/api/v1/websites')).json, { websites: [] });
  });

  it('leaves by themselves, unless nobody would own the website', async () => {
    const vita = await member(test, website, 'viewer', 'vita');
    assert.equal((await vita.ask('DELETE', `${path}/members/${owner.id}`)).status, 403);
    assert.equal((await vita.ask('DELETE', `${path}/members/${vita.id}`)).status, 204);
    const last = await owner.ask('DELETE', `${path}/members/${owner.id}`);
    assert.equal(last.status, 409);
    assert.match(String(last.json['detail']), /The website needs an owner/);
    assert.equal((await owner.ask('PATCH', `${path}/members/${owner.id}`, { role: 'editor' })).status, 409);
    assert.deepEqual(await namesOf(owner), ['olga']);
  });
});
