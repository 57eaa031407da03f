import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../../src/config.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { type Canary, startCanary } from '../../origin/canary.ts';
import { html, startTestRenderer, type TestRenderer } from '../harness.ts';
import { redirects, waysOut } from './ways-out.ts';

const onLinux = process.platform !== 'linux' && 'only Linux has all of 127.0.0.0/8 without being told';

/** An image of the website that comes once the canary heard of something: its page stays until then. */
const held = '<img src="/held">';

/** A website on 127.0.0.2, which is always open, and a canary on other addresses of the same machine. */
class Cage {
  readonly origin: Origin;
  readonly canary: Canary;
  readonly gate: Gate;
  readonly renderer: TestRenderer;

  private constructor(origin: Origin, canary: Canary, gate: Gate, renderer: TestRenderer) {
    this.origin = origin;
    this.canary = canary;
    this.gate = gate;
    this.renderer = renderer;
  }

  static async open(networks: string): Promise<Cage> {
    const origin = await startOrigin((req, res) => {
      const asked = new URL(req.url ?? '', 'http://x').searchParams;
      const location = asked.get('to');
      if (location !== null) res.writeHead(Number(asked.get('status')), { Location: location.trim() }).end();
      else if (req.url?.startsWith('/service-worker')) {
        const script = `fetch(${JSON.stringify(asked.get('url'))}, { mode: 'no-cors' }).catch(() => {})`;
        res.writeHead(200, { 'Content-Type': 'text/javascript', 'Service-Worker-Allowed': '/' }).end(script);
      } else if (req.url === '/held') {
        const end = () => void res.end();
        until('the canary hears of it', () => canary.heard.length > 0 || res.destroyed).then(end, end);
      } else res.writeHead(200, { 'Content-Type': 'text/plain' }).end('x');
    }, '127.0.0.2');
    const canary = await startCanary(['127.0.0.1', '127.0.0.3', '::1']);
    const guard = createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: networks }).allowNetworks);
    const gate = await openGate(guard);
    const pageLimits = { openGate: () => openGate(guard), requests: 10_000 };
    const renderer = await startTestRenderer({ proxyServer: gate.url, pageLimits, budget: milliseconds(3000) });
    return new Cage(origin, canary, gate, renderer);
  }

  async draw(document: string, headers: Record<string, string> = {}): Promise<void> {
    // Refused where it put another document in its own place: it tried, and that is what is asked for here.
    await this.renderer.draw(`${this.origin.url}/page`, document, { headers }).catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of [this.renderer, this.gate, this.origin, this.canary]) await part[Symbol.asyncDispose]();
  }
}

const spellings = [
  '127.0.0.1',
  'localhost',
  '[::1]',
  '0.0.0.0',
  '2130706433',
  '0x7f.1',
  '[::ffff:127.0.0.1]',
  '127.0.0.3',
  'x.localhost',
  'LOCALHOST.',
];
const loaders: Readonly<Record<string, (url: string) => string>> = {
  img: (url) => `<img src="${url}">`,
  iframe: (url) => `<iframe src="${url}"></iframe>`,
  stylesheet: (url) => `<link rel="stylesheet" href="${url}">`,
  script: (url) => `<script src="${url}"></script>`,
  fetch: (url) => `<script>fetch('${url.replaceAll('\\', '\\\\')}', { mode: 'no-cors' }).catch(() => {})</script>`,
};

describe('a canary on loopback never hears a byte of a page that tries', { skip: onLinux }, () => {
  let cage: Cage;
  before(async () => {
    cage = await Cage.open('127.0.0.2');
  });
  after(async () => {
    const { heard } = cage.canary;
    await cage[Symbol.asyncDispose]();
    assert.deepEqual(heard, [], 'nor when the browser ends');
  });
  const addresses = () =>
    ['http', 'https'].flatMap((scheme) => spellings.map((host) => `${scheme}://${host}:${cage.canary.port}/`));

  for (const { name, page, headers } of waysOut) {
    it(name, async () => {
      await cage.draw(page(addresses()), headers?.(addresses()));
      assert.deepEqual(cage.canary.heard, []);
    });
  }

  for (const [name, markup] of Object.entries(loaders)) {
    it(`${name} that is redirected`, async () => {
      const targets = addresses().filter((address) => address.startsWith('http:'));
      for (const target of targets) {
        const all = redirects(target).map(({ status, location }) =>
          markup(`/redirect?status=${status}&to=${encodeURIComponent(location)}`),
        );
        await cage.draw(html(all.join('\n')));
      }
      assert.deepEqual(cage.canary.heard, []);
    });
  }

  it('Gotenberg GHSA-rh2x-ccvw-q7r3 (CVE-2024-21527): <iframe src="\\\\localhost/etc/passwd">', async () => {
    const { port } = cage.canary;
    const forms = [
      '\\\\localhost',
      '\\\\127.0.0.1',
      '\\/localhost',
      '//localhost',
      'file:\\\\localhost',
      'http:\\\\localhost',
    ];
    await cage.draw(html(forms.map((form) => `<iframe src="${form}:${port}/etc/passwd"></iframe>`).join('')));
    assert.deepEqual(cage.canary.heard, []);
  });

  it('the gate itself, or what listens beside it', async () => {
    await using loop = await Cage.open('127.0.0.0/8,::1');
    const ports = [new URL(loop.gate.url).port];
    const urls = ports.flatMap((port) =>
      ['127.0.0.1', 'localhost', '127.0.0.9'].map((host) => `http://${host}:${port}/`),
    );
    for (const { page } of waysOut.filter(({ name }) => ['img', 'iframe', 'fetch', 'WebSocket'].includes(name))) {
      await loop.draw(page(urls));
    }
    assert.deepEqual(loop.origin.heard, []);
  });
});

describe('OGPLUS_ALLOW_NETWORKS opens the canary that it names, and no other, to a page that tries', {
  skip: onLinux,
}, () => {
  let cage: Cage;
  before(async () => {
    cage = await Cage.open('127.0.0.1,127.0.0.2');
  });
  after(() => cage[Symbol.asyncDispose]());

  for (const { name, page, headers, isHeard } of waysOut) {
    it(`${name}${isHeard ? '' : ', which Chromium does not do'}`, async () => {
      cage.canary.heard.length = 0;
      const path = encodeURIComponent(name);
      const urls = ['127.0.0.1', '127.0.0.3', '[::1]'].map((host) => `http://${host}:${cage.canary.port}/${path}`);
      await cage.draw(page(urls) + (isHeard ? held : ''), headers?.(urls));
      if (isHeard) await until('the canary hears of it', () => cage.canary.heard.length > 0);
      assert.deepEqual(
        cage.canary.heard.filter((line) => !/^TCP on 127\.0\.0\.1/.test(line)),
        [],
      );
    });
  }
});
