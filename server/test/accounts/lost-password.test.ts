import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../harness/command.ts';
import { Client, first, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';

let test: TestService;
let anna: SignedIn;

before(async () => {
  test = await startTestService(withoutBrowser);
  anna = await first(test, 'anna');
});
after(() => test[Symbol.asyncDispose]());

const run = (...args: string[]) => ogplus(['account', ...args], { OGPLUS_DATA_DIR: test.dataDir });

async function resetToken(): Promise<string> {
  const { stdout } = await run('reset', 'Anna@people.example');
  const [, token = ''] = /^ {2}http:\/\/127\.0\.0\.1:3000\/reset\/(\w+)$/m.exec(stdout) ?? [];
  assert.equal(token.length, 24, stdout);
  return token;
}

const set = (token: string, password: string, more = {}) =>
  new Client(test).ask('POST', `/api/v1/password-resets/${token}`, { password, ...more });
const isOver = async (token: string) => {
  const { status, json } = await set(token, 'a password of a thief');
  assert.match(String(json['detail']), /link has expired/);
  return status === 404;
};

describe('who has lost the password', () => {
  it('is listed with who else has an account', async () => {
    const { stdout } = await run('list', '--json');
    const [{ created, ...listed }] = JSON.parse(stdout) as [{ created: string }];
    assert.deepEqual(listed, { name: 'anna', email: anna.email });
    assert.ok(Date.parse(created) > 0);
    assert.match((await run('list')).stdout, /anna@people\.example/);
  });

  it('sets a new one by a link of the command line, once; all sessions end', async () => {
    const token = await resetToken();
    const short = await set(token, 'short');
    assert.deepEqual(
      [short.status, short.json['detail']],
      [400, 'The password is too short: use at least 8 characters.'],
    );
    assert.equal((await set(token, 'a new password')).status, 204);
    assert.equal((await anna.ask('GET', '/api/v1/account')).status, 401);
    assert.equal((await anna.signIn(anna.email, 'a new password')).status, 200);
    const again = await set(token, 'yet another password');
    assert.equal(again.status, 404);
    assert.match(String(again.json['detail']), /link has expired/);
  });

  it('has one link that is good: the newest, until it is used', async () => {
    const [older, newer] = [await resetToken(), await resetToken()];
    assert.ok(await isOver(older));
    assert.equal((await set(newer, 'a newer password')).status, 204);
    assert.ok(await isOver(older));
    assert.equal((await anna.signIn(anna.email, 'a newer password')).status, 200);
  });

  it('has no link any more after the password was changed', async () => {
    const token = await resetToken();
    const change = { currentPassword: 'a newer password', newPassword: 'a changed password' };
    assert.equal((await anna.ask('POST', '/api/auth/change-password', change)).status, 200);
    assert.ok(await isOver(token));
    assert.equal((await anna.signIn(anna.email, 'a changed password')).status, 200);
  });

  it('keeps the API keys, or revokes them with the reset, as is asked for', async () => {
    const newKey = async () => {
      const { json } = await anna.ask('POST', '/api/v1/account/api-keys', { name: 'x', scopes: ['website:read'] });
      return new Client(test, { authorization: `Bearer ${json['key']}` });
    };
    await anna.signIn(anna.email, 'a changed password');
    const keys = [await newKey(), await newKey()];
    const statuses = () => Promise.all(keys.map(async (key) => (await key.ask('GET', '/api/v1/websites')).status));
    const { stdout } = await run('reset', anna.email);
    assert.match(stdout, /API keys of the account stay valid/);
    assert.equal((await set(await resetToken(), 'another password')).status, 204);
    assert.deepEqual(await statuses(), [200, 200]);
    assert.equal((await set(await resetToken(), 'another password', { revokeKeys: true })).status, 204);
    assert.deepEqual(await statuses(), [401, 401]);
    await anna.signIn(anna.email, 'another password');
    assert.deepEqual((await anna.ask('GET', '/api/v1/account/api-keys')).json, { apiKeys: [] });
  });

  it('is not helped by the database: a hash of the token is kept', async () => {
    const token = await resetToken();
    const database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'), { readOnly: true });
    const rows = JSON.stringify(database.prepare('SELECT * FROM verification').all());
    database.close();
    assert.ok(rows.includes(anna.id) && !rows.includes(token));
  });

  it('is told where there is no such account', async () => {
    const { code, stderr } = await run('reset', 'nobody@people.example');
    assert.equal(code, 1);
    assert.match(stderr, /There is no account for nobody@people\.example/);
    assert.equal((await run('reset', 'nobody')).code, 1);
    assert.equal((await set('x'.repeat(24), 'a new password')).status, 404);
  });
});
