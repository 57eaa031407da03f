import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { betterAuth } from 'better-auth';
import { pino } from 'pino';
import { authOptions } from '../../src/accounts/auth.ts';
import { Client, first, firstToken, password, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let anna: SignedIn;

before(async () => {
  test = await startTestService({ ...withoutBrowser, OGPLUS_TRUSTED_PROXIES: '127.0.0.1' });
  anna = await first(test, 'anna');
});
after(() => test[Symbol.asyncDispose]());

describe('better-auth', () => {
  it('answers at four addresses, and at no other that it has', async () => {
    const { accounts } = test.service.store;
    const rest = { secret: 'x'.repeat(43), url: 'http://127.0.0.1', log: pino({ level: 'silent' }) };
    const { api } = betterAuth(authOptions({ accounts, ...rest }));
    const open = ['/sign-in/email', '/sign-out', '/change-password', '/update-user'];
    const paths = Object.values(api).flatMap((one) => ('path' in one && one.path ? [String(one.path)] : []));
    assert.ok(paths.length > 25 && open.every((path) => paths.includes(path)), paths.join(' '));
    for (const path of paths.filter((one) => !open.includes(one))) {
      for (const method of ['GET', 'POST']) {
        const filled = `/api/auth${path.replace(/:\w+/g, 'x')}`;
        assert.equal((await anna.ask(method, filled, method === 'POST' ? {} : undefined)).status, 404, filled);
      }
    }
    for (const path of open) assert.equal((await anna.ask('GET', `/api/auth${path}`)).status, 405);
  });

  it('says no more than it has to about what cannot be read', async () => {
    const client = new Client(test, { 'x-forwarded-for': '192.0.2.9' });
    assert.equal(
      (await client.ask('POST', '/api/auth/sign-in/email', { email: anna.email })).json['code'],
      'VALIDATION_ERROR',
    );
    const long = await client.ask('POST', '/api/auth/sign-in/email', { email: 'x'.repeat(5000), password });
    assert.deepEqual([long.status, long.json['code']], [413, 'BAD_REQUEST']);
  });
});

describe('tries to sign in', () => {
  it('are limited for each client, whatever it says of itself, and for no other', async () => {
    const from = (ip: string) => new Client(test, { 'x-forwarded-for': ip });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) {
      const claims = { 'x-ogplus-client': `192.0.2.${n}`, 'x-real-ip': `192.0.2.${n}` };
      const client = new Client(test, { ...claims, 'x-forwarded-for': '198.51.100.1' });
      statuses.push((await client.signIn(anna.email, 'not the password')).status);
    }
    assert.deepEqual(statuses, [...Array(10).fill(401), 429]);
    const limited = await from('198.51.100.1').signIn(anna.email);
    assert.equal(limited.status, 429);
    assert.equal(limited.json['code'], 'TOO_MANY_REQUESTS');
    const wait = Number(limited.headers.get('retry-after'));
    assert.ok(wait > 0 && wait <= 60);
    assert.equal((await from('198.51.100.2').signIn(anna.email)).status, 200);
  });

  it('are limited for new accounts as well', async () => {
    const client = new Client(test, { 'x-forwarded-for': '198.51.100.3' });
    const statuses: number[] = [];
    await using open = await startTestService({ ...withoutBrowser, OGPLUS_OPEN_SIGN_UP: 'true' });
    for (let n = 0; n < 11; n++) {
      const body = { name: 'x', email: `x${n}@people.example`, password: 'short' };
      const { status, json } = await new Client(open).ask('POST', '/api/v1/accounts', body);
      statuses.push(status);
      if (n === 10) assert.match(String(json['detail']), /^Too many attempts\. Try again in \d+ seconds\.$/);
    }
    assert.deepEqual(statuses, [...Array(10).fill(400), 429]);
    assert.equal((await client.signIn(anna.email)).status, 200);
  });
});

describe('a request with the cookie that another site makes a browser send', () => {
  const website = { origin: 'https://forged.example' };
  const forge = (fields: Record<string, string>) => anna.ask('POST', '/api/v1/websites', website, fields);

  it('changes nothing', async () => {
    const { host } = new URL(test.service.address);
    for (const fields of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://${host}.evil.example` },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: test.service.address },
    ]) {
      const { status, json } = await forge(fields);
      assert.equal(status, 403, JSON.stringify(fields));
      assert.equal(json['detail'], 'Changes are not allowed from other sites.');
    }
    const bare = await fetch(`${test.service.address}/api/v1/account/sessions`, {
      method: 'DELETE',
      headers: { cookie: anna.cookie },
    });
    assert.equal(bare.status, 403);
    assert.equal((await forge({ 'sec-fetch-site': 'same-origin' })).status, 201);
  });

  it('may read what the person may', async () => {
    assert.equal((await anna.ask('GET', '/api/v1/account', undefined, { 'sec-fetch-site': 'none' })).status, 200);
  });

  it('is refused by better-auth, too', async () => {
    const evil = { origin: 'https://evil.example' };
    for (const [path, body] of [
      ['/api/auth/change-password', { currentPassword: password, newPassword: 'another password' }],
      ['/api/auth/sign-out', {}],
      ['/api/auth/update-user', { name: 'x' }],
      ['/api/auth/sign-in/email', { email: anna.email, password }],
    ] as const) {
      const client = { 'x-forwarded-for': '198.51.100.4' };
      assert.equal((await anna.ask('POST', path, body, { ...evil, ...client })).status, 403, path);
    }
    assert.equal((await anna.ask('GET', '/api/v1/account')).status, 200);
  });

  it('makes no account and signs nobody in', async () => {
    const account = { name: 'x', email: 'forged@people.example', password };
    for (const client of [anna, new Client(test, { 'x-forwarded-for': '198.51.100.6' })]) {
      const body = { ...account, invitation: await anInvitation() };
      const { status } = await client.ask('POST', '/api/v1/accounts', body, { origin: 'https://evil.example' });
      assert.equal(status, 403);
    }
  });

  it('is ours under every name of this machine, and under no other', async () => {
    const { port } = new URL(test.service.address);
    for (const [name, status] of [
      ['localhost', 200],
      ['[::1]', 200],
      ['evil.example', 421],
      ['127.0.0.1.evil.example', 421],
    ] as const) {
      const headers = { host: `${name}:${port}`, origin: `http://${name}:${port}`, 'x-forwarded-for': '198.51.100.5' };
      const body = JSON.stringify({ email: anna.email, password });
      assert.equal(await postWithHost(headers, body), status, name);
    }
  });
});

async function anInvitation(): Promise<string> {
  const { id } = await test.website(`https://invited-${Math.random()}.example`);
  const { json } = await anna.ask('POST', `/api/v1/websites/${id}/invitations`, { role: 'viewer' });
  return String(json['link']).replace(/.*\//, '');
}

/** `fetch` sends no `Host` but its own. */
async function postWithHost(headers: Record<string, string>, body: string): Promise<number> {
  const { request } = await import('node:http');
  const { hostname, port } = new URL(test.service.address);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: '/api/auth/sign-in/email', method: 'POST', agent: false });
    for (const [name, value] of Object.entries({ ...headers, 'content-type': 'application/json' })) {
      sent.setHeader(name, value);
    }
    sent.on('error', reject).on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.end(body);
  });
}

describe('answers about accounts', () => {
  it('are kept by nobody', async () => {
    for (const path of ['/api/v1/session', '/api/v1/account', `/api/v1/invitations/${await firstToken(test)}`]) {
      assert.equal((await anna.ask('GET', path)).headers.get('cache-control'), 'no-store', path);
    }
  });
});
