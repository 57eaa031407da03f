import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { Problem } from '../../src/model/problem.ts';
import { milliseconds, systemClock } from '../../src/model/units.ts';
import { createFetcher, type Fetcher } from '../../src/origin/fetch.ts';
import { createGuard } from '../../src/origin/guard.ts';
import { readAtOnce } from '../harness/documents.ts';
import { type Origin, startOrigin } from '../harness/origin.ts';
import { type Canary, startCanary } from './canary.ts';

const onLinux = process.platform !== 'linux' && 'only Linux has all of 127.0.0.0/8 without being told';

// What was found in services that draw or fetch for others, tried on the fetcher: as the page's own address, and as what
// an allowed page redirects to. What needs a page to try it is in render/canary.test.ts, under the same names.
const advisories: ReadonlyArray<readonly [what: string, ...addresses: string[]]> = [
  ['Gotenberg GHSA-4vmc-gm8v-m35h (CVE-2026-42596): a mapped address', 'http://[::ffff:127.0.0.1]:PORT/'],
  ['Gotenberg CVE-2026-40280: an upper-case scheme', 'HTTP://127.0.0.1:PORT/', 'Http://localhost:PORT/'],
  ['Gotenberg GHSA-5vh4-rgv7-p9g4 (CVE-2026-39383): nothing closed by default', 'http://127.0.0.1:PORT/'],
  ['Gotenberg GHSA-chwh-f6gm-r836 (CVE-2026-42595): a redirect to a closed address', 'http://127.0.0.1:PORT/admin'],
  ['Gotenberg GHSA-2pmr-289p-44r3: a name checked once and resolved again', 'http://rebinding.test:PORT/'],
  ['Gotenberg GHSA-jjwv-57xh-xr6r: FILE:// past a rule for file://', 'FILE:///etc/passwd', 'File:///etc/passwd'],
  ['Gotenberg GHSA-g924-cjx7-2rjw (CVE-2026-42597): files of the temporary folder', 'file:///tmp/'],
  [
    'Gotenberg GHSA-rh2x-ccvw-q7r3 (CVE-2024-21527): \\\\localhost/ read as a file',
    '\\\\localhost/etc/passwd',
    '\\\\localhost:PORT/',
    'file:\\\\localhost\\etc\\passwd',
  ],
  ['Gotenberg issue 283: file:///etc/passwd as the page', 'file:///etc/passwd'],
  [
    'nuxt-og-image GHSA-c7xp-q6q8-hg76 and its fix: hexadecimal, decimal, mapped, .localhost',
    'http://0x7f000001:PORT/',
    'http://2130706433:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://x.localhost:PORT/',
    'http://localhost.:PORT/',
  ],
  [
    'ssrfcheck CVE-2026-43929: mapped, as URL parsers write it',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::ffff:a9fe:a9fe]/',
  ],
  ['LibreChat GHSA-w5r7-4f94-vp4c: the same, in hexadecimal', 'http://[0:0:0:0:0:ffff:7f00:1]:PORT/'],
  ['Mattermost CVE-2026-2455: a mapped address against networks of IPv4', 'http://[::ffff:127.0.0.1]:PORT/'],
  ['the metadata services', 'http://169.254.169.254/', 'http://metadata.google.internal/', 'http://[fd00:ec2::254]/'],
];

describe('what was found in others does not hold here:', { skip: onLinux }, () => {
  let origin: Origin;
  let canary: Canary;
  let fetcher: Fetcher;

  before(async () => {
    origin = await startOrigin((req, res) => {
      const to = new URL(req.url ?? '', origin.url).searchParams.get('to') ?? '/';
      res.writeHead(302, { Location: to, Connection: 'close' }).end();
    }, '127.0.0.2');
    canary = await startCanary(['127.0.0.1', '::1'], Number(new URL(origin.url).port));
    let asked = 0;
    const names: Record<string, () => string[]> = {
      'rebinding.test': () => (asked++ === 0 ? ['127.0.0.2'] : ['127.0.0.1']),
      'metadata.google.internal': () => ['169.254.169.254'],
    };
    const lookUp = async (name: string) => names[name]?.() ?? (/localhost\.?$/.test(name) ? ['127.0.0.1', '::1'] : []);
    const guard = createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.2' }).allowNetworks, lookUp);
    fetcher = createFetcher({
      guard,
      clock: systemClock,
      timeout: milliseconds(3000),
      maxDocumentBytes: 1000,
      read: readAtOnce,
    });
  });
  after(async () => {
    for (const part of [fetcher, origin, canary]) await part[Symbol.asyncDispose]();
  });

  const fetched = (from: string, target: string) =>
    fetcher.fetch({ origin: from, target, headers: {}, bypassCaches: false, redirectHosts: [] });
  const refused = (error: unknown) => error instanceof Problem && error.type === 'address-refused';

  for (const [what, ...addresses] of advisories) {
    it(what, async () => {
      for (const address of addresses.map((one) => one.replace('PORT', String(canary.port)))) {
        await assert.rejects(
          fetched(origin.url, `/?to=${encodeURIComponent(address)}`),
          refused,
          `redirect to ${address}`,
        );
        if (!URL.canParse(address)) continue;
        const { origin: from, protocol, host, pathname } = new URL(address);
        // An address that is not of the web has no origin; its parts are what would be asked for.
        await assert.rejects(fetched(from === 'null' ? `${protocol}//${host}` : from, pathname), refused, address);
      }
      assert.deepEqual(canary.heard, []);
    });
  }
});

describe('a redirect whose Location is read in more than one way is not followed:', { skip: onLinux }, () => {
  let origin: Origin;
  let fetcher: Fetcher;
  before(async () => {
    origin = await startOrigin((req, res) => {
      const to = new URL(req.url ?? '', origin.url).searchParams.get('to');
      if (to === null) res.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>there</p>');
      else res.writeHead(302, { Location: to }).end();
    }, '127.0.0.2');
    const guard = createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.2' }).allowNetworks);
    fetcher = createFetcher({
      guard,
      clock: systemClock,
      timeout: milliseconds(3000),
      maxDocumentBytes: 1000,
      read: readAtOnce,
    });
  });
  after(async () => {
    await fetcher[Symbol.asyncDispose]();
    await origin[Symbol.asyncDispose]();
  });
  const redirected = (to: string) =>
    fetcher.fetch({
      origin: origin.url,
      target: `/?to=${encodeURIComponent(to.replace('PORT', new URL(origin.url).port))}`,
      headers: {},
      bypassCaches: false,
      redirectHosts: [],
    });

  for (const to of [
    'http://0x7f.0.0.2:PORT/there',
    'http://0177.0.0.2:PORT/there',
    'http://2130706434:PORT/there',
    'http://127.2:PORT/there',
    'http://127.0.0.2%2e:PORT/there',
    'http://127.0.0.2.:PORT/there',
    'http://user@127.0.0.2:PORT/there',
    'http://user@example.com/there',
    'http://example.com:80@127.0.0.2:PORT/there',
    'http:\\\\127.0.0.2:PORT\\there',
    '\\\\127.0.0.2:PORT\\there',
    '/\\127.0.0.2:PORT/there',
    'http:127.0.0.2:PORT/there',
    'http:/there',
    'http:////127.0.0.2:PORT/there',
    '/th\tere',
  ]) {
    it(JSON.stringify(to), () =>
      assert.rejects(
        redirected(to),
        (error) => error instanceof Problem && /which parsers read differently/.test(error.message),
      ),
    );
  }

  for (const to of [
    '/there',
    'there',
    '?',
    '//127.0.0.2:PORT/there',
    'http://127.0.0.2:PORT/there#part',
    'HTTP://127.0.0.2:PORT/there',
  ]) {
    it(`but a plain one is: ${to}`, async () => assert.equal((await redirected(to)).kind, 'document'));
  }
});
