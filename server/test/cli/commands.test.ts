import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { ogplus, ogplusProcess, type Served, serve, startCommand } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

let folder: string;
let env: Record<string, string>;
let origin: Origin;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-cli-'));
  env = {
    OGPLUS_DATA_DIR: await makeDataFolder(join(folder, 'data')),
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
    XDG_CONFIG_HOME: join(folder, 'config'),
  };
  origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600', ETag: '"a"' } }));
});
after(async () => {
  await origin[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => ogplus(args, env);

describe('ogplus site', () => {
  it('create --json gives every key, each in its format', async () => {
    const { code, stdout } = await ogplusProcess(['site', 'create', origin.url, '--json'], env);
    assert.equal(code, 0);
    const site = JSON.parse(stdout) as Record<string, string>;
    assert.deepEqual(Object.keys(site), [
      'id',
      'origin',
      'connection',
      'connectionUrl',
      'publicKey',
      'secretKey',
      'apiKey',
    ]);
    assert.equal(site['origin'], origin.url);
    assert.equal(site['connectionUrl'], `http://${site['connection']}.localhost:3000`);
    assert.match(site['connection'] ?? '', /^[a-z]{8}$/);
    assert.match(site['publicKey'] ?? '', /^ogplus_pk_/);
    assert.match(site['secretKey'] ?? '', /^ogplus_sk_/);
    const [, payload = ''] = /^ogplus_live_([A-Za-z0-9_-]+)$/.exec(site['apiKey'] ?? '') ?? [];
    assert.deepEqual(JSON.parse(Buffer.from(payload, 'base64url').toString()), {
      pk: site['publicKey'],
      sk: site['secretKey'],
    });
  });

  it('settings gives a website its own host on the word of who has the data folder, and never one of ours', async () => {
    const data = {
      ...env,
      OGPLUS_DATA_DIR: await makeDataFolder(join(folder, 'hosts')),
      OGPLUS_CONNECTION_DOMAIN: 'cards.example',
    };
    const settings = (site: string, host: string) =>
      ogplus(['site', 'settings', site, '--own-host', host, '--json'], data);
    for (const site of ['https://one.example', 'https://two.example']) await ogplus(['site', 'create', site], data);
    const { stdout } = await settings('https://one.example', 'cards.one.example');
    assert.equal(JSON.parse(stdout).ownHostProven, true);
    const taken = await settings('https://two.example', 'cards.one.example');
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, /https:\/\/one\.example uses it/);
    const reserved = await settings('https://two.example', 'abcdefgh.CARDS.example');
    assert.equal(reserved.code, 2);
    assert.match(reserved.stderr, /belongs to this service/);
  });

  it('create says what to paste, and what stands in the way', async () => {
    const { code, stdout } = await ogplus(['site', 'create', 'http://localhost:1234'], {
      OGPLUS_DATA_DIR: await makeDataFolder(join(folder, 'other')),
    });
    assert.equal(code, 0);
    assert.match(stdout, /<meta property="og:image" content="http:\/\/[a-z]{8}\.localhost:3000\//);
    assert.match(stdout, /without any is fetched and drawn for every\srequest/);
    assert.match(stdout, /site settings http:\/\/localhost:1234 --default-max-age 3600/);
    assert.match(stdout, /OGPLUS_ALLOW_NETWORKS/);
  });

  it('create refuses what is no website, and a website twice', async () => {
    for (const address of ['ftp://example.com', 'https://example.com/path', 'http://', 'https://user:pw@example.com']) {
      const { code, stderr } = await run('site', 'create', address);
      assert.equal(code, 2, address);
      assert.match(stderr, /^ogplus: .+\n$/);
    }
    const twice = await run('site', 'create', origin.url);
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /already exists/);
  });

  it('list and remove', async () => {
    await run('site', 'create', 'https://example.com');
    const listed = await run('site', 'list');
    assert.match(listed.stdout, /https:\/\/example\.com +http:\/\//);
    assert.doesNotMatch((await run('site', 'list', '--json')).stdout, /ogplus_sk_/);
    const unasked = await run('site', 'remove', 'https://example.com');
    assert.deepEqual([unasked.code, /Nothing was removed.*--yes/.test(unasked.stderr)], [1, true]);
    assert.match((await run('site', 'list')).stdout, /https:\/\/example\.com/);
    assert.equal((await run('site', 'remove', 'https://example.com', '--yes')).code, 0);
    assert.equal((await run('site', 'remove', 'https://example.com', '--yes')).code, 1);
  });
});

describe('ogplus site key', () => {
  const keysOf = async () =>
    JSON.parse((await run('site', 'key', 'list', 'https://keys.example', '--json')).stdout) as Array<
      Record<'publicKey' | 'created' | 'revoked', string | null>
    >;

  it('makes one more, lists them, and revokes each, the last one too', async () => {
    const site = JSON.parse((await run('site', 'create', 'https://keys.example', '--json')).stdout);
    const made = JSON.parse((await run('site', 'key', 'create', 'https://keys.example', '--json')).stdout);
    assert.deepEqual(Object.keys(made), ['publicKey', 'secretKey', 'apiKey']);
    assert.notEqual(made.secretKey, site.secretKey);
    assert.deepEqual(
      (await keysOf()).map(({ publicKey, revoked }) => [publicKey, revoked]),
      [
        [site.publicKey, null],
        [made.publicKey, null],
      ],
    );

    const revoked = await run('site', 'key', 'revoke', site.publicKey);
    assert.deepEqual([revoked.code, revoked.stdout.includes('last good one')], [0, false]);
    const listed = JSON.parse((await run('site', 'list', '--json')).stdout) as Array<Record<string, string>>;
    assert.equal(listed.find(({ origin }) => origin === 'https://keys.example')?.['publicKey'], made.publicKey);
    assert.match((await run('site', 'key', 'revoke', made.publicKey)).stdout, /last valid key/);
    assert.match((await run('site', 'key', 'list', 'https://keys.example')).stdout, /^ogplus_pk_\S+ +2\S+Z +2\S+Z$/m);
  });

  it('says what is no key, is unknown, or was revoked before', async () => {
    const [key] = await keysOf();
    for (const [text, exit, says] of [
      ['nonsense', 2, /is not a public key/],
      ['ogplus_pk_unknown', 1, /There is no key/],
      [key?.publicKey ?? '', 1, /is already revoked/],
    ] as const) {
      const { code, stderr } = await run('site', 'key', 'revoke', text);
      assert.equal(code, exit);
      assert.match(stderr, says);
    }
    assert.equal((await run('site', 'key', 'create', 'https://nobody.example')).code, 1);
  });
});

describe('ogplus site settings', () => {
  it('names the hosts that pages may redirect to, and takes them back', async () => {
    await run('site', 'create', 'https://redirects.example');
    const settings = (...args: string[]) => run('site', 'settings', 'https://redirects.example', ...args);
    const { stdout } = await settings('--redirect-hosts', 'Login.example.com, *.example.org', '--json');
    assert.deepEqual(JSON.parse(stdout).redirectHosts, ['login.example.com', '*.example.org']);
    assert.match((await settings()).stdout, /^redirect hosts +login\.example\.com, \*\.example\.org$/m);
    assert.match((await settings('--redirect-hosts', 'none')).stdout, /^redirect hosts +none$/m);
    const wrong = await settings('--redirect-hosts', 'https://example.com/');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /is not a host/);
  });

  it("changes how pages are drawn and waited for, and gives the service's own settings back", async () => {
    await run('site', 'create', 'https://numbers.example');
    const settings = (...args: string[]) => run('site', 'settings', 'https://numbers.example', ...args);
    const options = [
      '--viewport-width',
      '800',
      '--patience',
      '0',
      '--recheck-interval',
      '5',
      '--renders-per-minute',
      '9',
    ];
    const { viewportWidth, patience, recheckInterval, rendersPerMinute } = JSON.parse(
      (await settings(...options, '--json')).stdout,
    );
    assert.deepEqual([viewportWidth, patience, recheckInterval, rendersPerMinute], [800, 0, 5, 9]);
    const shown = (await settings()).stdout;
    for (const line of ['viewport width +800 CSS pixels', 'patience +0 ms', 'recheck interval +5 s']) {
      assert.match(shown, new RegExp(`^${line}$`, 'm'));
    }
    const back = options.map((each) => (each.startsWith('--') ? each : 'default'));
    assert.match((await settings(...back)).stdout, /^renders per minute +default$/m);
    for (const [option, value, says] of [
      ['--default-max-age', '31536001', 'seconds, 0 to 31536000, or none'],
      ['--viewport-width', '319', 'CSS pixels, 320 to 2400, or default'],
      ['--patience', '-1', 'milliseconds, 0 to 120000, or default'],
      ['--recheck-interval', '0', 'seconds, 1 to 31536000, or default'],
      ['--renders-per-minute', 'none', 'cards, 1 to 1000000, or default'],
    ] as const) {
      const { code, stderr } = await settings(`${option}=${value}`);
      assert.deepEqual([code, stderr], [2, `ogplus: ${option} ${value}: must be ${says}.\n`]);
    }
  });
});

describe('commands beside a running service', () => {
  let service: Served;
  let image: string;

  before(async () => {
    service = await serve(env);
    const site = (JSON.parse((await run('site', 'list', '--json')).stdout) as Array<Record<string, string>>).find(
      (found) => found['origin'] === origin.url,
    );
    image = `${service.address}/api/websites/v1/domain/${site?.['publicKey']}/image`;
  });
  after(async () => {
    service.signal('SIGTERM');
    assert.equal(await service.ended, 0);
  });
  const status = async (path: string) => (await fetch(image + path)).headers.get('cache-status') ?? '';

  it('cache list shows what it keeps', async () => {
    await status('/listed');
    const { stdout } = await run('cache', 'list', `${origin.url}/listed`);
    assert.match(stdout, /CONSUMER +DRAWN +FRESH UNTIL +SIZE +FORMAT\ngeneric +2\d{3}-.+ kB +png/);
    const [card] = JSON.parse((await run('cache', 'list', `${origin.url}/listed`, '--json')).stdout) as object[];
    assert.deepEqual(Object.keys(card ?? {}), ['consumer', 'drawn', 'freshUntil', 'size', 'format', 'width', 'height']);
  });

  it('cache rm holds at once', async () => {
    await status('/purged');
    assert.match(await status('/purged'), /hit/);
    const removed = await run('cache', 'rm', `${origin.url}/purged`);
    assert.deepEqual([removed.code, /^Purged 1 card of /.test(removed.stdout)], [0, true]);
    assert.match((await run('cache', 'rm', `${origin.url}/purged`)).stdout, /^No cards of \S+ were kept\./);
    assert.match(await status('/purged'), /fwd=miss/);
  });

  it('cache purge asks first, and without a terminal wants --yes', async () => {
    await Promise.all([status('/blog/a'), status('/other')]);
    const asked = await run('cache', 'purge', origin.url, '--prefix', '/blog/');
    assert.equal(asked.code, 1);
    assert.match(asked.stderr, /--yes/);
    assert.match(await status('/blog/a'), /hit/);
    assert.equal((await run('cache', 'purge', origin.url, '--prefix', '/blog/', '--yes')).code, 0);
    assert.match(await status('/blog/a'), /fwd=miss/);
    assert.match(await status('/other'), /hit/);
    assert.equal((await run('cache', 'purge', origin.url, '--yes')).code, 0);
    assert.match(await status('/other'), /fwd=miss/);
  });

  it('site remove closes its addresses at once', async () => {
    const made = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
    const site = JSON.parse((await run('site', 'create', made.url, '--json')).stdout) as Record<string, string>;
    const address = `${service.address}/api/websites/v1/domain/${site['publicKey']}/image/x`;
    assert.equal((await fetch(address)).status, 200);
    await run('site', 'remove', made.url, '--yes');
    assert.equal((await fetch(address)).status, 404);
    await made[Symbol.asyncDispose]();
  });
});

describe('ogplus render', () => {
  it('draws a card of a local page into a file of the kind that its name says', async () => {
    for (const [name, format, size] of [
      ['card.png', 'png', [2400, 1200]],
      ['card.jpg', 'jpeg', [2400, 1200]],
      ['card.webp', 'webp', [2400, 1200]],
    ] as const) {
      const out = join(folder, name);
      const { code, stdout } = await ogplus(['render', `${origin.url}/`, '--out', out, '--consumer', 'twitter']);
      assert.equal(code, 0);
      assert.match(stdout, /2400×1200, \d+ kB, for X/);
      const found = await sharp(await readFile(out)).metadata();
      assert.deepEqual([found.format, [found.width, found.height]], [format, [...size]]);
    }
  });

  it('says what is wrong with what it was given', async () => {
    const out = join(folder, 'x.png');
    for (const [exit, args, says] of [
      [2, ['render', 'nonsense', '--out', out], /not a page address/],
      [2, ['render', `${origin.url}/`, '--out', join(folder, 'x.bmp')], /\.png, \.jpg or \.webp/],
      [2, ['render', `${origin.url}/`, '--out', join(folder, 'no', 'x.png')], /there is no folder/],
      [2, ['render', `${origin.url}/`, '--out', out, '--consumer', 'nobody'], /no consumer "nobody".* generic.* slack/],
      [1, ['render', 'http://127.0.0.1:9/', '--out', out], /only ports/],
      [1, ['render', 'http://10.1.2.3/', '--out', out], /private address/],
    ] as const) {
      const { code, stderr } = await ogplus(args, { OGPLUS_ALLOW_NETWORKS: '' });
      assert.equal(code, exit);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });
});

describe('ogplus render --watch', () => {
  it('draws again when the page changes, outlasts a page that fails, and ends with Ctrl-C', async () => {
    const out = join(folder, 'watched.png');
    await using watched = await startOrigin(page({ body: 'one' }));
    await using command = startCommand(['render', watched.url, '--out', out, '--watch'], env);
    await until('it is drawn', () => command.output().includes('watched.png: 2400×1260'));
    const first = await readFile(out);
    watched.answer = page({ status: 500 });
    await until('it says so', () => command.output().includes('The page answers 500.'));
    watched.answer = page({ body: 'two' });
    await until('it is drawn again', async () => !(await readFile(out)).equals(first));
    command.signal('SIGINT');
    assert.equal(await command.ended, 0);
    assert.equal(command.output().match(/The page answers 500/g)?.length, 1);
  });
});

describe('ogplus explain', () => {
  it('says in words what the headers and tags mean', async () => {
    const { code, stdout } = await run('explain', `${origin.url}/`);
    assert.equal(code, 0);
    assert.match(stdout, /pictures are sent for (10 minutes|9 minutes 59 seconds)/);
    assert.match(stdout, /Cache-Control: max-age/);
    assert.match(stdout, /ETag "a"/);
  });

  it('counts the default max-age of the website, and offers one where there is none', async () => {
    await using silent = await startOrigin(page());
    assert.match((await run('explain', silent.url)).stdout, /Every request fetches.*--default-max-age 3600/s);
    await run('site', 'create', silent.url);
    await run('site', 'settings', silent.url, '--default-max-age', '7200');
    assert.match((await run('explain', silent.url)).stdout, /pictures are sent for (2 hours|1 hour 59 minutes)/);
  });

  it('says of a page that is gone one thing', async () => {
    await using gone = await startOrigin(page({ status: 404 }));
    const { code, stdout } = await run('explain', gone.url);
    assert.equal(code, 0);
    assert.match(stdout, /^The page answers 404: there is no card\. The site is asked again for every request\.\n/);
    assert.doesNotMatch(stdout, /drawn|kept/);
  });

  it('needs no data folder, and makes none', async () => {
    const dataDir = join(folder, 'nowhere');
    assert.equal((await ogplus(['explain', origin.url], { ...env, OGPLUS_DATA_DIR: dataDir })).code, 0);
    await assert.rejects(access(dataDir));
  });
});

describe('ogplus verify', () => {
  const head = (image: string, more = '') =>
    `<meta property="og:title" content="A title"><meta property="og:image" content="${image}">${more}`;
  const verify = async (image: string, more?: string) => {
    origin.answer = page({ head: head(image, more) });
    return run('verify', `${origin.url}/a?b=c`);
  };

  let connectionUrl: string;
  before(async () => {
    const listed = JSON.parse((await run('site', 'list', '--json')).stdout) as Array<Record<string, string>>;
    connectionUrl = listed.find((found) => found['origin'] === origin.url)?.['connectionUrl'] ?? '';
  });

  it('finds the tags of a good page, and hints at more', async () => {
    for (const image of [
      `${connectionUrl}/a?b=c`,
      'https://ogplus.example/api/websites/v1/domain/ogplus_pk_x/image/a?b=c',
    ]) {
      const { code, stdout } = await verify(image);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /^✓ og:title +A title\n✓ og:image /);
      assert.match(stdout, /^! twitter:card /m);
    }
  });

  it('knows the host of the website, and the page that it redirects to', async () => {
    await run('site', 'settings', origin.url, '--own-host', 'cards.example.com');
    assert.equal((await verify('https://cards.example.com/a?b=c')).code, 0);
    const answers = page({ head: head(`${connectionUrl}/there`) });
    origin.answer = (req, res) =>
      req.url === '/there' ? answers(req, res) : void res.writeHead(301, { Location: '/there' }).end();
    assert.equal((await run('verify', `${origin.url}/a`)).code, 0);
  });

  it('says where a connection does not exist, and believes one that it cannot ask for', async () => {
    const image = 'http://nobodyhas.localhost:3000/a?b=c';
    const { code, stdout } = await verify(image);
    assert.equal(code, 1);
    assert.match(stdout, /✗ og:image +\S+ gives no card\. No website has the connection "nobodyhas"\./);
    const elsewhere = await ogplus(['verify', `${origin.url}/a?b=c`], { OGPLUS_DATA_DIR: join(folder, 'nowhere') });
    assert.equal(elsewhere.code, 0, elsewhere.stdout);
  });

  for (const [what, image, more, says] of [
    ['og:image is missing', '', '', /✗ og:image +Missing/],
    ['og:image is relative', '/card.png', '', /is not an absolute address/],
    ['og:image is elsewhere', 'https://example.com/card.png', '', /is not an OpenGraph\+ image address/],
    ['og:image is of another page', '{connection}/other', '', /card of another page: \/other instead/],
    [
      'a tag of ours cannot be read',
      '{connection}/a?b=c',
      '<meta name="og:plus:cache:max_age" content="1 hour">',
      /✗ og:plus:cache:max_age +"1 hour" is not a whole number/,
    ],
  ] as const) {
    it(`exits with 1 where ${what}`, async () => {
      const { code, stdout } = await verify(image.replace('{connection}', connectionUrl), more);
      assert.equal(code, 1);
      assert.match(stdout, says);
    });
  }

  it('prints JSON', async () => {
    origin.answer = page();
    const { code, stdout } = await ogplusProcess(['verify', origin.url, '--json'], env);
    assert.equal(code, 1);
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Array<{ tag: string; level: string }> };
    assert.equal(ok, false);
    const says = 'Missing: the card has no title.';
    assert.deepEqual(findings[0], { tag: 'og:title', level: 'bad', says, fault: 'title-missing' });
  });

  it('says what mends it, in the framework of the website', async () => {
    origin.answer = page();
    const { stdout } = await run('verify', origin.url);
    assert.match(stdout, /^To fix it \(HTML\):$/m);
    assert.match(
      stdout,
      /^og:title: Give the page a title\.\n {2}index\.html\n {4}<meta property="og:title" content="t">$/m,
    );
    assert.equal((await run('site', 'settings', origin.url, '--framework', 'nextjs')).code, 0);
    const { stdout: next } = await run('verify', origin.url);
    assert.match(next, /^To fix it \(Next\.js\):$/m);
    assert.match(next, /^ {8}title: 't',$/m);
    assert.equal((await run('site', 'settings', origin.url, '--framework', 'none')).code, 0);
    assert.equal((await run('site', 'settings', origin.url, '--framework', 'fortran')).code, 2);
  });
});

describe('a wrong call', () => {
  it('exits with 2 and help', async () => {
    for (const args of [['nonsense'], ['site', 'create'], ['render', 'x'], ['cache', 'purge', 'x', '--nonsense']]) {
      const { code, stderr } = await run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /error:/);
    }
    assert.equal((await ogplusProcess(['nonsense'])).code, 2);
    assert.equal((await ogplusProcess(['--help'])).code, 0);
    assert.match((await run('site', 'create', '--help')).stdout, /Example:/);
  });
});

describe('a setting that cannot be used', () => {
  it('stops the start with one line that says which and why', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const [bad, says] of [
      [{ OGPLUS_PORT: 'many' }, /^ogplus: OGPLUS_PORT=many: must be a whole number from 0 to 65535\n$/],
      [{ OGPLUS_BROWSER: '/nowhere/chromium' }, /OGPLUS_BROWSER=\/nowhere\/chromium: there is no program/],
      [{ OGPLUS_DATA_DIR: file }, /data folder .* cannot be used: it is a file/],
    ] as const) {
      const { code, stderr } = await ogplusProcess(['serve'], { ...env, ...bad });
      assert.equal(code, 1);
      assert.match(stderr, says);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    }
  });

  it('a taken port is one', async () => {
    const { code, stderr } = await ogplusProcess(['serve'], { ...env, OGPLUS_PORT: new URL(origin.url).port });
    assert.equal(code, 1);
    assert.match(stderr, /cannot be used: another program listens there/);
  });
});
