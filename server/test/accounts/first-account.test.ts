import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ogplus, serve } from '../harness/command.ts';
import { Client, first, firstToken, join, password } from '../harness/people.ts';
import { startTestService, type TestService, withoutBrowser } from '../harness/service.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

const account = (name: string, invitation?: string) => ({
  name,
  email: `${name}@people.example`,
  password,
  ...(invitation === undefined ? {} : { invitation }),
});

const make = (test: TestService, body: object) => new Client(test).ask('POST', '/api/v1/accounts', body);
const look = (test: TestService, token: string) => new Client(test).ask('GET', `/api/v1/invitations/${token}`);

describe('the first account', () => {
  it('is made by its link and by nothing else', async () => {
    await using test = await startTestService(withoutBrowser);
    const visitor = new Client(test);
    const { json } = await visitor.ask('GET', '/api/v1/session');
    assert.deepEqual(json, { person: null, firstAccount: true, openSignUp: false, ownsService: false });
    for (const wrong of [undefined, '', 'x', `${await firstToken(test)}x`]) {
      assert.equal((await make(test, account('stranger', wrong))).status, 403, wrong);
    }
    assert.deepEqual((await look(test, await firstToken(test))).json, { kind: 'first' });
    const anna = await first(test, 'anna');
    assert.equal((await anna.ask('GET', '/api/v1/account')).json['name'], 'anna');
  });

  it('is made once: the link is good for nothing afterwards', async () => {
    await using test = await startTestService(withoutBrowser);
    const token = await firstToken(test);
    const anna = await first(test, 'anna');
    const second = await make(test, account('ben', token));
    assert.equal(second.status, 403);
    assert.match(String(second.json['detail']), /link has expired/);
    assert.equal((await look(test, token)).status, 404);
    assert.equal((await anna.ask('POST', `/api/v1/invitations/${token}`)).status, 404);
  });

  it('is one, of those who open the link at once', async () => {
    await using test = await startTestService(withoutBrowser);
    const token = await firstToken(test);
    const names = ['a', 'b', 'c', 'd'];
    const statuses = await Promise.all(names.map(async (name) => (await make(test, account(name, token))).status));
    assert.deepEqual(statuses.toSorted(), [201, 403, 403, 403]);
  });

  it('may be tried again when the e-mail address or the password was none', async () => {
    await using test = await startTestService(withoutBrowser);
    const right = account('anna', await firstToken(test));
    const short = await make(test, { ...right, password: 'short' });
    assert.deepEqual(
      [short.status, short.json['detail']],
      [400, 'The password is too short: use at least 8 characters.'],
    );
    const noAddress = await make(test, { ...right, email: 'anna' });
    assert.equal(noAddress.status, 400);
    assert.match(String(noAddress.json['detail']), /e-mail address/);
    assert.equal((await make(test, right)).status, 201);
  });

  it('owns the websites that the command line made before, and those that it makes later', async () => {
    await using test = await startTestService(withoutBrowser);
    const env = { OGPLUS_DATA_DIR: test.dataDir };
    const created = await ogplus(['site', 'create', 'https://before.example', '--json'], env);
    const keys = ['id', 'origin', 'connection', 'connectionUrl', 'publicKey', 'secretKey', 'apiKey'];
    assert.deepEqual(Object.keys(JSON.parse(created.stdout)), keys);
    const anna = await first(test, 'anna');
    await ogplus(['site', 'create', 'https://later.example'], env);
    const { websites } = (await anna.ask('GET', '/api/v1/websites')).json as unknown as {
      websites: ReadonlyArray<{ origin: string; role: string }>;
    };
    assert.deepEqual(
      websites.map(({ origin, role }) => [origin, role]),
      [
        ['https://before.example', 'owner'],
        ['https://later.example', 'owner'],
      ],
    );
  });
});

describe('the link of the first account', () => {
  it('is printed at each start until it was used, and never again', async () => {
    await using folder = await dataFolder();
    const env = { OGPLUS_DATA_DIR: folder.path };
    const linkOf = (output: string) => /(http\S+)\/first-account\/(\S+)/.exec(output);
    const run = async (use?: (address: string, token: string) => Promise<void>) => {
      await using served = await serve(env);
      const [, base, token] = linkOf(served.output()) ?? [];
      if (base !== undefined) assert.equal(base, served.address);
      await use?.(served.address, token ?? '');
      served.signal('SIGTERM');
      assert.equal(await served.ended, 0);
      return token;
    };
    const token = await run();
    assert.match(token ?? '', /^[\w-]{43}$/);
    const again = await run(async (address, given) => {
      const body = JSON.stringify(account('anna', given));
      const headers = { 'content-type': 'application/json', origin: address };
      const answer = await fetch(`${address}/api/v1/accounts`, { method: 'POST', headers, body });
      assert.equal(answer.status, 201);
    });
    assert.equal(again, token);
    assert.equal(await run(), undefined);
  });
});

describe('signing up', () => {
  it('is open where a setting says so; the first account is still the one of the link', async () => {
    await using test = await startTestService({ ...withoutBrowser, OGPLUS_OPEN_SIGN_UP: 'true' });
    const website = await test.website('https://by-hand.example');
    assert.equal((await make(test, account('anybody'))).status, 201);
    const { json } = await new Client(test).ask('GET', '/api/v1/session');
    assert.deepEqual([json['firstAccount'], json['openSignUp']], [true, true]);
    const anna = await join(test, 'anna', await firstToken(test));
    assert.equal(await test.service.store.members.roleOf(anna.id, website.id), 'owner');
    assert.equal((await make(test, account('somebody', 'wrong'))).status, 403);
  });

  it('by the link is for who has an account, too', async () => {
    await using test = await startTestService({ ...withoutBrowser, OGPLUS_OPEN_SIGN_UP: 'true' });
    const website = await test.website('https://by-hand.example');
    const anna = new Client(test);
    await anna.ask('POST', '/api/v1/accounts', account('anna'));
    const joined = await anna.ask('POST', `/api/v1/invitations/${await firstToken(test)}`);
    assert.deepEqual(joined.json, { websiteId: null, role: 'owner' });
    assert.equal((await anna.ask('GET', `/api/v1/websites/${website.id}`)).json['role'], 'owner');
  });

  it('takes an e-mail address once, however it is written', async () => {
    await using test = await startTestService({ ...withoutBrowser, OGPLUS_OPEN_SIGN_UP: 'true' });
    assert.equal((await make(test, account('anna'))).status, 201);
    const again = await make(test, { ...account('anna'), email: 'ANNA@People.Example' });
    assert.equal(again.status, 409);
    assert.match(String(again.json['detail']), /account with this e-mail address/);
    const both = await Promise.all([0, 1].map(async () => (await make(test, account('ben'))).status));
    assert.deepEqual(both.toSorted(), [201, 409]);
  });
});
