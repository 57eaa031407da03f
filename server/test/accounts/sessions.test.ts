import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Client, first, firstToken, password, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let anna: SignedIn;

before(async () => {
  test = await startTestService();
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
    assert.deepEqual(json, { person, firstAccount: false, openSignUp: false });
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
    await anna.ask('POST', '/api/auth/update-user', more);
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
      assert.deepEqual(json, { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' });
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
    await using secure = await startTestService({ OGPLUS_URL: 'https://ogplus.example' });
    const person = new Client(secure, { origin: 'https://ogplus.example' });
    const account = { name: 'b', email: 'b@people.example', password, invitation: await firstToken(secure) };
    const { headers } = await person.ask('POST', '/api/v1/accounts', account);
    assert.match(headers.getSetCookie()[0] ?? '', /^__Secure-ogplus\.session_token=.*; Secure/);
  });
});
