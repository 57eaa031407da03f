import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { Client, first, member, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let owner: SignedIn;

before(async () => {
  test = await startTestService(withoutBrowser);
  owner = await first(test);
});
after(() => test[Symbol.asyncDispose]());

const keys = '/api/v1/account/api-keys';

async function newKey(body: object, person: Client = owner) {
  const { status, json, text } = await person.ask('POST', keys, { name: 'a script', ...body });
  assert.equal(status, 201, text);
  const { key, ...shown } = json as Record<string, unknown>;
  return { id: String(shown['id']), key: String(key), shown, script: bearer(String(key)) };
}

const bearer = (key: string) => new Client(test, { authorization: `Bearer ${key}` });

const originsOf = async (client: Client) =>
  (
    (await client.ask('GET', '/api/v1/websites')).json as unknown as { websites: Array<{ origin: string }> }
  ).websites.map(({ origin }) => origin);

describe("a person's API key", () => {
  it('is shown once; of it is kept how it begins and what it is good for', async () => {
    const { key, shown } = await newKey({ scopes: ['pages:read'], expiresInDays: 30 });
    assert.match(key, /^ogplus_key_[A-Za-z]{64}$/);
    assert.equal(shown['start'], key.slice(0, 15));
    const days = (Date.parse(String(shown['expiresAt'])) - Date.now()) / 86_400_000;
    assert.ok(days > 29.9 && days <= 30);
    const { text } = await owner.ask('GET', keys);
    assert.ok(text.includes(String(shown['id'])) && !text.includes(key));
  });

  it('does what the person may, as far as its scopes go', async () => {
    const { script } = await newKey({ scopes: ['website:read', 'website:create'] });
    assert.equal((await script.ask('POST', '/api/v1/websites', { origin: 'https://by-key.example' })).status, 201);
    assert.ok((await originsOf(script)).includes('https://by-key.example'));
    const refused = await script.ask('GET', '/api/v1/usage');
    assert.deepEqual([refused.status, refused.json['detail']], [403, 'The key does not have the scope usage:read.']);
  });

  it('is good for the websites that it names, and its person must be a member', async () => {
    const [one, other] = [await test.website('https://one.example'), await test.website('https://other.example')];
    const { script } = await newKey({ scopes: ['website:read'], websiteIds: [one.id] });
    assert.deepEqual(await originsOf(script), ['https://one.example']);
    assert.equal((await script.ask('GET', `/api/v1/websites/${one.id}`)).status, 200);
    assert.equal((await script.ask('GET', `/api/v1/websites/${other.id}`)).status, 404);
    const viewer = await member(test, one, 'viewer');
    const body = { name: 'x', scopes: ['website:read'], websiteIds: [other.id] };
    assert.equal((await viewer.ask('POST', keys, body)).status, 404);
    const held = await newKey({ scopes: ['website:read', 'website:write'] }, viewer);
    const settings = () => held.script.ask('PATCH', `/api/v1/websites/${one.id}/settings`, { fetchToken: true });
    assert.equal((await settings()).status, 403);
    await test.service.store.members.remove(one.id, viewer.id);
    assert.equal((await settings()).status, 404);
  });

  it('opens nothing from the next request on when it was revoked', async () => {
    const { id, script } = await newKey({ scopes: ['website:read'] });
    assert.equal((await script.ask('GET', '/api/v1/websites')).status, 200);
    const shown = (await owner.ask('GET', keys)).json as unknown as { apiKeys: Array<Record<string, unknown>> };
    assert.notEqual(shown.apiKeys.find((one) => one['id'] === id)?.['lastUsedAt'], null);
    assert.equal((await owner.ask('DELETE', `${keys}/${id}`)).status, 204);
    assert.equal((await script.ask('GET', '/api/v1/websites')).status, 401);
    assert.equal((await owner.ask('DELETE', `${keys}/${id}`)).status, 404);
  });

  it('opens nothing when its time is over', async () => {
    const { id, script } = await newKey({ scopes: ['website:read'], expiresInDays: 1 });
    const database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'));
    database.prepare('UPDATE apikey SET expiresAt = ? WHERE id = ?').run(new Date(Date.now() - 1).toISOString(), id);
    database.close();
    assert.equal((await script.ask('GET', '/api/v1/websites')).status, 401);
  });

  it('neither makes keys nor ends sessions, and is made good by no cookie', async () => {
    const { script } = await newKey({ scopes: ['website:read', 'keys:write', 'members:write'] });
    for (const path of [keys, '/api/v1/account/sessions']) assert.equal((await script.ask('GET', path)).status, 403);
    const beside = { authorization: 'Bearer ogplus_key_none' };
    assert.equal((await owner.ask('GET', '/api/v1/websites', undefined, beside)).status, 401);
  });

  it('needs a scope that there is, and a name', async () => {
    for (const wrong of [{ scopes: ['everything'] }, { scopes: [] }, { scopes: ['preview'], name: '' }]) {
      assert.equal((await owner.ask('POST', keys, { name: 'x', ...wrong })).status, 400);
    }
  });
});
