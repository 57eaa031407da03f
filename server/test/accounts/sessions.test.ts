import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { Client, first, firstToken, password, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let anna: SignedIn;

before(async () => {
  test = await startTestService(withoutBrowser);
  anna = await first(test, 'anna');
});
after(() => test[Symbol.asyncDispose]());

const own = (person: Client) => person.ask('GET', '/api/v1/account');

/** Another browser of Anna's. */
async function browser(): Promise<Client> {
  const client = new Client(test);
  const { status, text } = await client.signIn(anna.email);
  assert.equal(status, 200, text);
  return client;
}

describe('a person who is signed in', () => {
  it('is known', async () => {
    const { json } = await anna.ask('GET', '/api/v1/session');
    const person = { id: anna.id, name: 'anna', email: anna.email };
    assert.deepEqual(json, { person, firstAccount: false, openSignUp: false, ownsService: true });
    const account = await own(anna);
    assert.ok(Math.abs(Date.parse(account.json['createdAt'] ?? '') - Date.now()) < 60_000);
  });

  it('is nobody any more after signing out, whoever kept the cookie', async () => {
    const client = await browser();
    const { cookie } = client;
    assert.equal((await client.ask('POST', '/api/auth/sign-out', {})).status, 200);
    assert.equal(client.cookies.size, 0);
    assert.equal((await own(new Client(test, { cookie }))).status, 401);
    assert.equal((await own(anna)).status, 200);
  });

  it('changes the name', async () => {
    assert.equal((await anna.ask('POST', '/api/auth/update-user', { name: 'Anna' })).status, 200);
    assert.equal((await own(anna)).json['name'], 'Anna');
    const blank = await anna.ask('POST', '/api/auth/update-user', { name: ' ' });
    assert.deepEqual([blank.status, blank.json['code']], [400, 'INVALID_NAME']);
  });

  it('changes nothing but what the route is for', async () => {
    const more = { name: 'Anna', email: 'x@people.example', emailVerified: true, image: 'https://x.example/' };
    for (const body of [more, { name: 'Anna', image: more.image }]) {
      assert.equal((await anna.ask('POST', '/api/auth/update-user', body)).status, 200);
    }
    assert.equal((await own(anna)).json['email'], anna.email);
    const { json } = await new Client(test).signIn(anna.email);
    assert.equal((json as { user?: { image: unknown } }).user?.image, null);
  });
});

describe('a wrong password', () => {
  it('opens nothing, and does not tell whether there is such an account', async () => {
    const client = new Client(test);
    for (const email of [anna.email, 'nobody@people.example']) {
      const { status, json } = await client.signIn(email, 'not the password');
      assert.equal(status, 401);
      assert.deepEqual(json, {
        code: 'INVALID_EMAIL_OR_PASSWORD',
        message: 'The e-mail address or the password is wrong.',
      });
    }
    assert.equal(client.cookies.size, 0);
  });
});

describe('the cookie of a session', () => {
  it('is read by no script, sent by no other site, and for this host alone', async () => {
    const { headers, text } = await new Client(test).signIn(anna.email);
    const [cookie = ''] = headers.getSetCookie();
    assert.match(cookie, /^ogplus\.session_token=/);
    const attributes = cookie.split('; ').slice(1).sort();
    assert.deepEqual(attributes, ['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax']);
    assert.doesNotMatch(text, /token/);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('is sent over https alone, where the service is reached so', async () => {
    await using secure = await startTestService({ ...withoutBrowser, OGPLUS_URL: 'https://ogplus.example' });
    const person = new Client(secure, { origin: 'https://ogplus.example' });
    const account = { name: 'b', email: 'b@people.example', password, invitation: await firstToken(secure) };
    const { headers } = await person.ask('POST', '/api/v1/accounts', account);
    assert.match(headers.getSetCookie()[0] ?? '', /^__Secure-ogplus\.session_token=.*; Secure/);
  });
});

describe('a session', () => {
  it('is listed with where it is from, and can be ended from another one', async () => {
    const other = await browser();
    const list = async () =>
      (await anna.ask('GET', '/api/v1/account/sessions')).json as unknown as {
        sessions: ReadonlyArray<{ id: string; current: boolean; ipAddress: string; userAgent: string }>;
      };
    const { sessions } = await list();
    assert.equal(sessions.filter(({ current }) => current).length, 1);
    assert.equal(sessions[0]?.ipAddress, '127.0.0.1');
    // The newest one is the other browser's.
    assert.equal((await anna.ask('DELETE', `/api/v1/account/sessions/${sessions[0]?.id}`)).status, 204);
    assert.equal((await own(other)).status, 401);
    assert.equal((await anna.ask('DELETE', '/api/v1/account/sessions')).status, 204);
    assert.equal((await list()).sessions.length, 1);
    assert.equal((await own(anna)).status, 200);
  });

  it('ends by itself', async () => {
    const client = await browser();
    moveSessions(test, -31);
    assert.equal((await own(client)).status, 401);
    assert.equal((await own(anna)).status, 401);
    assert.equal((await anna.signIn(anna.email)).status, 200);
  });

  it('lasts for as long as it is used: its cookie is renewed once a day', async () => {
    const client = await browser();
    moveSessions(test, -2);
    const renewed = await own(client);
    assert.match(renewed.headers.getSetCookie()[0] ?? '', /^ogplus\.session_token=.*Max-Age=2592000/);
    assert.deepEqual((await own(client)).headers.getSetCookie(), []);
    await anna.signIn(anna.email);
  });
});

describe('changing the password', () => {
  const change = (client: Client, currentPassword: string, newPassword: string) => {
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    return client.ask('POST', '/api/auth/change-password', body);
  };

  it('takes the current one', async () => {
    const { status, json } = await change(anna, 'not the password', 'another password');
    assert.deepEqual([status, json], [400, { code: 'INVALID_PASSWORD', message: 'The current password is wrong.' }]);
    assert.equal((await change(anna, password, 'short')).json['code'], 'PASSWORD_TOO_SHORT');
  });

  it('ends the other sessions, and leaves this one', async () => {
    await using other = await startTestService(withoutBrowser);
    const ben = await first(other, 'ben');
    const elsewhere = new Client(other);
    await elsewhere.signIn(ben.email);
    assert.equal((await change(ben, password, 'another password')).status, 200);
    assert.equal((await own(ben)).status, 200);
    assert.equal((await own(elsewhere)).status, 401);
    assert.equal((await elsewhere.signIn(ben.email)).status, 401);
    assert.equal((await elsewhere.signIn(ben.email, 'another password')).status, 200);
  });
});

/** As if the sessions had been made so many days earlier or later: better-auth reads the machine's clock. */
function moveSessions({ dataDir }: TestService, days: number): void {
  const database = new DatabaseSync(join(dataDir, 'ogplus.sqlite'));
  const sessions = database.prepare('SELECT id, expiresAt FROM session').all();
  for (const { id, expiresAt } of sessions) {
    const moved = new Date(Date.parse(String(expiresAt)) + days * 86_400_000).toISOString();
    database.prepare('UPDATE session SET expiresAt = ? WHERE id = ?').run(moved, String(id));
  }
  database.close();
}
