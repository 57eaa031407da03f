import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { scopes } from '../../src/model/identity.ts';
import { Client, first, member, type SignedIn } from '../harness/people.ts';
import { filled, type Route, routesOf } from '../harness/routes.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let routes: readonly Route[];
let victim: SignedIn;
/** Everything of the victim's that a path can name. */
let names: Record<string, string | number>;
let attackers: readonly Client[];

// As they are told by nobody but who may know.
const origin = 'https://victims-website.example';
const person = 'victim-by-name';

/** Bodies that would do something, so that a refusal is no accident. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /api/v1/websites/{websiteId}/purges': { kind: 'website' },
  'POST /api/v1/websites/{websiteId}/drawings': { target: '/' },
  'POST /api/v1/websites/{websiteId}/invitations': { role: 'owner' },
  'PATCH /api/v1/websites/{websiteId}/members/{userId}': { role: 'viewer' },
  'PATCH /api/v1/websites/{websiteId}/settings': { defaultMaxAge: 1 },
  'POST /api/v1/websites': { origin },
  'POST /api/v1/account/api-keys': { name: 'x', scopes: ['website:read'] },
};

before(async () => {
  test = await startTestService();
  routes = await routesOf(test);
  await first(test);
  const made = await member(test, await test.website('https://hall.example'), 'viewer', person);
  victim = made;
  const { json } = await made.ask('POST', '/api/v1/websites', { origin });
  const { website, key } = json as unknown as { website: { id: number }; key: { publicKey: string } };
  const path = `/api/v1/websites/${website.id}`;
  await made.ask('PATCH', `${path}/settings`, { redirectHosts: ['victims-host.example'] });
  const invitation = (await made.ask('POST', `${path}/invitations`, { role: 'viewer' })).json;
  const apiKey = (await made.ask('POST', '/api/v1/account/api-keys', { name: 'victims-key', scopes })).json;
  const sessions = (await made.ask('GET', '/api/v1/account/sessions')).json as unknown as {
    sessions: ReadonlyArray<{ id: string }>;
  };
  names = {
    websiteId: website.id,
    publicKey: key.publicKey,
    userId: made.id,
    invitationId: Number(invitation['id']),
    keyId: String(apiKey['id']),
    sessionId: sessions.sessions[0]?.id ?? '',
  };
  attackers = await makeAttackers();
});
after(() => test[Symbol.asyncDispose]());

async function makeAttackers(): Promise<Client[]> {
  const neighbour = await test.website('https://neighbour.example');
  const owner = await member(test, neighbour, 'owner', 'neighbour');
  const { json } = await owner.ask('POST', '/api/v1/account/api-keys', { name: 'x', scopes });
  const websiteKey = await owner.ask('POST', `/api/v1/websites/${neighbour.id}/keys`);
  const bearer = (key: unknown) => new Client(test, { authorization: `Bearer ${key}` });
  return [new Client(test), owner, bearer(json['key']), bearer(websiteKey.json['apiKey'])];
}

/** All that is kept of the victim. */
function keptOfVictim(): unknown {
  const database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'), { readOnly: true });
  const all = (sql: string, value: string | number) => database.prepare(sql).all(value);
  try {
    const websiteId = names['websiteId'] ?? 0;
    return {
      websites: all('SELECT * FROM websites WHERE id = ?', websiteId),
      keys: all('SELECT * FROM keys WHERE website_id = ?', websiteId),
      purges: all('SELECT * FROM purges WHERE website_id = ?', websiteId),
      members: all('SELECT * FROM memberships WHERE website_id = ? ORDER BY person_id', websiteId),
      invitations: all('SELECT * FROM invitations WHERE website_id = ?', websiteId),
      user: all('SELECT * FROM user WHERE id = ?', victim.id),
      account: all('SELECT * FROM account WHERE userId = ?', victim.id),
      sessions: all('SELECT id, token FROM session WHERE userId = ?', victim.id),
      apiKeys: all('SELECT id, enabled, permissions FROM apikey WHERE referenceId = ?', victim.id),
    };
  } finally {
    database.close();
  }
}

describe('one account', () => {
  it('neither sees nor changes anything of another, whatever it asks', async () => {
    const before = keptOfVictim();
    for (const attacker of attackers) {
      for (const route of routes) {
        const body = bodies[`${route.method} ${route.path}`] ?? (route.takesBody ? {} : undefined);
        const path = filled(route, { target: '/', ...names });
        const { status, text } = await attacker.ask(route.method, `${path}?target=/&days=7&consumer=generic`, body);
        assert.ok(status < 500, `${route.method} ${path}: ${status}`);
        // A website that is here already is said to be, by the name that was asked for.
        const said = text.replace(`The website ${origin} already exists.`, '');
        for (const secret of [person, 'victims-']) {
          assert.ok(!said.includes(secret), `${route.method} ${path} says ${secret}: ${text}`);
        }
      }
    }
    assert.deepEqual(keptOfVictim(), before);
    assert.equal((await victim.ask('GET', `/api/v1/websites/${names['websiteId']}`)).status, 200);
  });
});
