import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../harness/command.ts';
import { Client, first, type SignedIn } from '../harness/people.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let test: TestService;
let anna: SignedIn;

before(async () => {
  test = await startTestService();
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

const set = (token: string, password: string) =>
  new Client(test).ask('POST', `/api/v1/password-resets/${token}`, { password });

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
      [400, 'The password is too short: it needs at least 8 characters.'],
    );
    assert.equal((await set(token, 'a new password')).status, 204);
    assert.equal((await anna.ask('GET', '/api/v1/account')).status, 401);
    assert.equal((await anna.signIn(anna.email, 'a new password')).status, 200);
    const again = await set(token, 'yet another password');
    assert.equal(again.status, 404);
    assert.match(String(again.json['detail']), /link is not good any more/);
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
    assert.match(stderr, /There is no account of nobody@people\.example/);
    assert.equal((await run('reset', 'nobody')).code, 1);
    assert.equal((await set('x'.repeat(24), 'a new password')).status, 404);
  });
});
