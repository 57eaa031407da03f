import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { scopes } from '../../src/model/identity.ts';
import { authSecretOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { Client, first, firstToken, password } from '../harness/people.ts';
import { filesBelow, startTestService } from '../harness/service.ts';

describe('the secrets of a person', () => {
  it('are in no log line, no file and no answer but the one that gives them, whatever fails', async () => {
    const log: string[] = [];
    await using test = await startTestService({ OGPLUS_LOG_LEVEL: 'trace' }, { write: (line) => void log.push(line) });
    const token = await firstToken(test);
    const before = new Client(test);
    const said: string[] = [];
    const ask = async (client: Client, method: string, path: string, body?: unknown) => {
      const { text, status } = await client.ask(method, path, body);
      said.push(text);
      return status;
    };
    await ask(before, 'GET', `/api/v1/invitations/${token}`);
    await ask(before, 'GET', `/api/v1/nothing/first-account/${token}`);
    const anna = await first(test, 'anna');
    const website = await test.website('https://a.example');
    const path = `/api/v1/websites/${website.id}`;

    // Given once, and held by the client alone.
    const link = String((await anna.ask('POST', `${path}/invitations`, { role: 'viewer' })).json['link']);
    const invitation = link.slice(link.lastIndexOf('/') + 1);
    const made = await anna.ask('POST', '/api/v1/account/api-keys', { name: 'x', scopes });
    const key = String(made.json['key']);
    const script = new Client(test, { authorization: `Bearer ${key}` });
    const secret = authSecretOf(await masterKey({ dataDir: test.dataDir }));
    const cookie = anna.cookies.get('ogplus.session_token') ?? assert.fail('no cookie');
    const secrets = [password, 'wrong password', token, invitation, key, key.slice(11), secret, cookie];
    secrets.push(decodeURIComponent(cookie).split('.')[1] ?? assert.fail('no signature'));

    const everything = async () => {
      for (const asked of [anna, script]) {
        for (const one of ['/api/v1/session', '/api/v1/account', '/api/v1/websites', path, `${path}/members`]) {
          await ask(asked, 'GET', one);
        }
      }
      await ask(anna, 'GET', '/api/v1/account/sessions');
      await ask(anna, 'GET', '/api/v1/account/api-keys');
      for (const one of ['x', token, invitation, key]) await ask(before, 'GET', `/api/v1/invitations/${one}`);
      const body = { email: anna.email, password: 'wrong password' };
      await ask(before, 'POST', '/api/auth/sign-in/email', body);
      await ask(before, 'POST', '/api/auth/sign-in/email', { email: [password], password: { password } });
      await ask(before, 'POST', '/api/v1/accounts', { ...body, name: 'x', invitation: token });
      await ask(before, 'POST', '/api/v1/accounts', { password, name: [password], invitation: token });
      await ask(new Client(test, { authorization: `Bearer ${key}x` }), 'GET', path);
      await ask(new Client(test, { cookie: `ogplus.session_token=${cookie}x` }), 'GET', path);
      await ask(anna, 'GET', `/api/v1/page?url=${key}`);
    };
    await everything();
    const kept = (await filesBelow(test.dataDir)).filter((file) => !file.path.endsWith('secret.key'));

    // Faults of the inside, which are logged with what was asked for.
    const database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'));
    const failed = said.length;
    for (const table of ['cards', 'memberships', 'invitations', 'session', 'apikey', 'account', 'rateLimit', 'user']) {
      database.exec(`PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; ALTER TABLE ${table} RENAME TO gone`);
      await everything();
      if (table === 'cards') await ask(anna, 'GET', `/api/v1/page?url=${website.origin}/first-account/${token}`);
      database.exec(`ALTER TABLE gone RENAME TO ${table}`);
    }
    database.close();

    assert.ok(said.slice(failed).filter((text) => text.includes('An unexpected error occurred')).length > 10);
    assert.ok(log.some((line) => line.includes('request failed')));
    for (const one of secrets) {
      for (const text of [...log, ...said]) assert.ok(!text.includes(one), text);
      for (const { path, bytes } of kept) assert.ok(!bytes.includes(one), `${path} holds a secret`);
    }
  });

  it('are not made good by what the database says of a session', async () => {
    await using test = await startTestService();
    const anna = await first(test);
    const database = new DatabaseSync(join(test.dataDir, 'ogplus.sqlite'), { readOnly: true });
    const { token } = database.prepare('SELECT token FROM session').get() ?? {};
    database.close();
    const [, signature] = (anna.cookies.get('ogplus.session_token') ?? '').split('.');
    const statusWith = async (value: string) => {
      const client = new Client(test, { cookie: `ogplus.session_token=${value}` });
      return (await client.ask('GET', '/api/v1/account')).status;
    };
    assert.equal(await statusWith(`${token}.${signature}`), 200);
    for (const value of [`${token}`, `${token}.`, `${token}.${encodeURIComponent(`${'A'.repeat(43)}=`)}`]) {
      assert.equal(await statusWith(value), 401);
    }
    const bearer = new Client(test, { authorization: `Bearer ${token}` });
    assert.equal((await bearer.ask('GET', '/api/v1/account')).status, 401);
  });
});
