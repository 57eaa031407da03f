import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { scopes } from '../../src/model/identity.ts';
import { ogplus } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { first } from '../harness/people.ts';
import { startTestService, type TestService } from '../harness/service.ts';

let folder: string;
let test: TestService;
let origin: Origin;
/** A person's key to the service. */
let apiKey: string;
/** Of a person who has logged in to nothing, on a machine without a data folder. */
let env: Record<string, string>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-client-'));
  test = await startTestService();
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
  const person = await first(test);
  const made = await person.ask('POST', '/api/v1/account/api-keys', { name: 'commands', scopes });
  apiKey = String(made.json['key']);
  env = {
    OGPLUS_DATA_DIR: join(folder, 'nowhere'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    OGPLUS_SERVICE: '',
    OGPLUS_API_KEY: '',
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
  };
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const named = () => ({ ...env, OGPLUS_SERVICE: test.service.address, OGPLUS_API_KEY: apiKey });
const run = (...args: string[]) => ogplus(args, named());
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);

describe('a command with OGPLUS_SERVICE and OGPLUS_API_KEY', () => {
  it('works on that service, says so on standard error, and touches no data folder', async () => {
    const made = await run('site', 'create', origin.url, '--json');
    assert.equal(made.stderr, `Service: ${test.service.address}, named by OGPLUS_SERVICE\n`);
    const site = JSON.parse(made.stdout);
    const fields = ['id', 'origin', 'connection', 'connectionUrl', 'publicKey', 'secretKey', 'apiKey'];
    assert.deepEqual(Object.keys(site), fields);
    const [kept] = await test.service.store.websites.list();
    assert.deepEqual([site.id, site.publicKey], [kept?.id, kept?.publicKey]);
    assert.deepEqual(Object.keys((await json('site', 'list'))[0]), fields.slice(0, 5));
    await assert.rejects(access(join(folder, 'nowhere')));
  });

  it('warms it up', async () => {
    origin.answer = (req, res) => {
      const at = `http://${req.headers.host}/warm`;
      if (req.url === '/map.xml') res.end(`<urlset><url><loc>${at}</loc></url></urlset>`);
      else page({ headers: { 'Cache-Control': 'max-age=600' } })(req, res);
    };
    const { code, stdout } = await run('warm', origin.url, '--sitemap', '/map.xml', '--consumers', 'generic');
    assert.deepEqual({ code, stdout }, { code: 0, stdout: '1 page: 1 drawn, 0 skipped, 0 failed.\n' });
  });

  it('lists cards and purges them, with their number', async () => {
    const website = (await test.service.store.websites.list())[0];
    assert.ok(website);
    for (const path of ['/blog/a', '/blog/b', '/c']) assert.equal((await test.card(website, path)).status, 200);
    const [card] = await json('cache', 'list', `${origin.url}/blog/a`);
    assert.deepEqual(Object.keys(card), ['consumer', 'drawn', 'freshUntil', 'size', 'format', 'width', 'height']);
    const purge = (...args: string[]) => run('cache', 'purge', origin.url, ...args);
    assert.equal((await purge('--prefix', '/blog/')).code, 1);
    assert.match((await purge('--prefix', '/blog/', '--yes')).stdout, /^Purged 2 cards of /);
    assert.match((await purge('--prefix', '/blog/', '--yes')).stdout, /^No cards of \S+ were kept\./);
    assert.match((await run('cache', 'rm', `${origin.url}/c`)).stdout, /^Purged 1 card of /);
    const [newest] = await json('site', 'log', origin.url);
    assert.deepEqual([newest.action.targets, newest.actor.key], [['/c'], 'commands']);
  });

  it('changes settings, and shows them', async () => {
    const { patience, redirectHosts, ownHostProven } = await json(
      ...['site', 'settings', origin.url, '--patience', '100', '--redirect-hosts', 'login.example'],
    );
    assert.deepEqual([patience, redirectHosts, ownHostProven], [100, ['login.example'], null]);
    assert.match((await run('site', 'settings', origin.url)).stdout, /^patience +100 ms$/m);
  });

  it('makes and revokes keys', async () => {
    const made = await json('site', 'key', 'create', origin.url);
    const revoked = await run('site', 'key', 'revoke', made.publicKey);
    assert.deepEqual([revoked.code, /last valid key/.test(revoked.stdout)], [0, false]);
    assert.match((await run('site', 'key', 'revoke', made.publicKey)).stderr, /already revoked/);
    const listed = (await json('site', 'key', 'list', origin.url)) as Array<{
      publicKey: string;
      revoked: string | null;
    }>;
    assert.deepEqual(
      [listed.length, listed.filter((key) => key.revoked !== null).map((key) => key.publicKey)],
      [2, [made.publicKey]],
    );
  });

  it('looks at a page of its websites through the service, and at others from here', async () => {
    const own = await json('explain', `${origin.url}/x`);
    assert.match(own.verdict, /^Kept pictures are sent for/);
    assert.equal('policy' in own, false); // only a look from here has it
    await using other = await startOrigin(page());
    const verified = await run('verify', other.url);
    assert.deepEqual([verified.code, /✗ og:image +Missing/.test(verified.stdout)], [1, true]);
  });

  it("says the service's own sentence where it refuses", async () => {
    assert.match((await run('site', 'create', origin.url)).stderr, /already exists/);
    const unknown = await run('cache', 'list', 'https://unknown.example/');
    assert.deepEqual([unknown.code, /no website https:\/\/unknown\.example/.test(unknown.stderr)], [1, true]);
    const wrongKey = await ogplus(['site', 'list'], { ...named(), OGPLUS_API_KEY: 'ogplus_key_wrong' });
    assert.deepEqual([wrongKey.code, /does not accept the API key/.test(wrongKey.stderr)], [1, true]);
    const nobody = await ogplus(['site', 'list'], { ...named(), OGPLUS_SERVICE: 'http://127.0.0.1:1' });
    assert.deepEqual([nobody.code, /cannot be reached/.test(nobody.stderr)], [1, true]);
    const another = await ogplus(['site', 'list'], { ...named(), OGPLUS_SERVICE: origin.url });
    assert.deepEqual([another.code, /not as OpenGraph\+ does/.test(another.stderr)], [1, true]);
  });

  it('needs a key, and leaves accounts to the machine of the service', async () => {
    const keyless = await ogplus(['site', 'list'], { ...named(), OGPLUS_API_KEY: '' });
    assert.deepEqual([keyless.code, /There is no API key for/.test(keyless.stderr)], [1, true]);
    assert.match((await run('account', 'list')).stderr, /own machine only/);
  });

  it('removes a website when it is told to', async () => {
    assert.equal((await run('site', 'remove', origin.url)).code, 1);
    assert.equal((await run('site', 'remove', origin.url, '--yes')).code, 0);
    assert.deepEqual(await json('site', 'list'), []);
  });
});

describe('ogplus login', () => {
  const file = () => join(folder, 'config', 'ogplus', 'login.json');

  it('keeps a key that the service accepts, readable for its person alone; commands then speak to that service', async () => {
    const refused = await ogplus(['login', test.service.address], env, 'ogplus_key_wrong\n');
    assert.deepEqual([refused.code, /does not accept/.test(refused.stderr)], [1, true]);
    await assert.rejects(access(file()));
    const { code, stdout } = await ogplus(['login', `${test.service.address}/`], env, `${apiKey}\n`);
    assert.deepEqual([code, /^Logged in to .*: 0 websites\./.test(stdout)], [0, true]);
    assert.doesNotMatch(stdout, new RegExp(apiKey));
    assert.equal((await stat(file())).mode & 0o777, 0o600);
    assert.equal(JSON.parse(await readFile(file(), 'utf8')).service, test.service.address);

    const listed = await ogplus(['site', 'list'], env);
    assert.equal(listed.code, 0);
    assert.match(listed.stderr, /^Service: http\S+, named by ogplus login\. OGPLUS_DATA_DIR is not used/);
  });

  it('is set aside by OGPLUS_SERVICE=none, and forgotten by logout', async () => {
    const dataDir = await makeDataFolder(join(folder, 'data'));
    const here = { ...env, OGPLUS_DATA_DIR: dataDir };
    const aside = await ogplus(['site', 'list'], { ...here, OGPLUS_SERVICE: 'none' });
    assert.equal(aside.stderr, `Data folder: ${dataDir}\n`);
    assert.equal((await ogplus(['logout'], env)).code, 0);
    await assert.rejects(access(file()));
    assert.equal((await ogplus(['site', 'list'], here)).stderr, `Data folder: ${dataDir}\n`);
  });
});

describe('a data folder that is not there', () => {
  it('is made by no command but serve, and each says how to name the right one', async () => {
    for (const args of [
      ['site', 'list'],
      ['site', 'create', 'https://example.com'],
      ['cache', 'purge', 'https://example.com', '--yes'],
      ['account', 'list'],
    ]) {
      const { code, stderr } = await ogplus(args, env);
      assert.equal(code, 1, args.join(' '));
      assert.match(stderr, /There is no data folder at \S+nowhere\..*OGPLUS_DATA_DIR=.*ogplus login/s);
    }
    await assert.rejects(access(join(folder, 'nowhere')));
  });
});
