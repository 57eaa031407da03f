import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../../src/config.ts';
import { type Milliseconds, milliseconds } from '../../../src/model/units.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { type Canary, startCanary } from '../../origin/canary.ts';
import { html, startTestRenderer, type TestRenderer } from '../harness.ts';
import { answers } from './answers.ts';
import { browserWithout } from './browser-without.ts';
import { isHarmless, type Socket, socketsOf } from './sockets.ts';
import { type Attempt, attempts, redirects, waysOut } from './ways-out.ts';

const onLinux = process.platform !== 'linux' && 'only Linux has all of 127.0.0.0/8 without being told';

/** An image of the website that comes once the canary heard what it shall hear: its page stays until then. */
const held = '<img src="/held">';

/** A website on 127.0.0.2, which is always open, and a canary on other addresses of the same machine. */
class Cage {
  readonly origin: Origin;
  readonly canary: Canary;
  readonly gate: Gate;
  readonly renderer: TestRenderer;
  /** The ports of all gates that were opened. */
  readonly gatePorts: ReadonlySet<number>;
  /** Whether the canary heard what it shall hear. */
  hasHeard = (): boolean => this.canary.heard.length > 0;

  private constructor(
    origin: Origin,
    canary: Canary,
    gate: Gate,
    renderer: TestRenderer,
    gatePorts: ReadonlySet<number>,
  ) {
    this.origin = origin;
    this.canary = canary;
    this.gate = gate;
    this.renderer = renderer;
    this.gatePorts = gatePorts;
  }

  static async open(networks: string, budget: Milliseconds, browser?: string): Promise<Cage> {
    const origin = await startOrigin((req, res) => {
      const { pathname, searchParams: asked } = new URL(req.url ?? '', 'http://x');
      const answer = answers[pathname];
      const location = asked.get('to');
      if (location !== null) {
        const fields = { Location: location.trim(), 'Cache-Control': 'no-store' };
        res.writeHead(Number(asked.get('status')), fields).end();
      } else if (answer !== undefined) {
        answer(res, asked.get('url') ?? '');
      } else if (req.url?.startsWith('/service-worker')) {
        const script = `fetch(${JSON.stringify(asked.get('url'))}, { mode: 'no-cors' }).catch(() => {})`;
        res.writeHead(200, { 'Content-Type': 'text/javascript', 'Service-Worker-Allowed': '/' }).end(script);
      } else if (req.url === '/held') {
        const end = () => void res.end();
        until('the canary hears of it', () => cage.hasHeard() || res.destroyed).then(end, end);
      } else res.writeHead(200, { 'Content-Type': 'text/plain' }).end('x');
    }, '127.0.0.2');
    const canary = await startCanary(['127.0.0.1', '127.0.0.3', '::1']);
    const guard = createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: networks }).allowNetworks, lookUpOnLoopback);
    const ports = new Set<number>();
    const open = async () => {
      const opened = await openGate(guard);
      ports.add(Number(new URL(opened.url).port));
      return opened;
    };
    const gate = await open();
    // A browser that lacks a switch has no proxy but the one that the switch names.
    const proxies = browser === undefined ? { pageLimits: { openGate: open, requests: 10_000 } } : { browser };
    const renderer = await startTestRenderer({ proxyServer: gate.url, budget, ...proxies });
    const cage = new Cage(origin, canary, gate, renderer, ports);
    return cage;
  }

  /** Gives the sockets that its browsers had meanwhile. */
  async drawWatched(document: string, headers: Record<string, string>): Promise<Socket[]> {
    let isDrawn = false;
    const drawing = this.draw(document, headers).finally(() => {
      isDrawn = true;
    });
    const processes = this.renderer.browsers.flatMap(processTree);
    const sockets: Socket[] = [];
    while (!isDrawn) {
      sockets.push(...socketsOf(processes));
      await pause(100);
    }
    await drawing;
    return sockets;
  }

  async draw(document: string, headers: Record<string, string> = {}): Promise<void> {
    // Refused where it put another document in its own place: it tried, and that is what is asked for here.
    await this.renderer.draw(`${this.origin.url}/page`, document, { headers }).catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of [this.renderer, this.gate, this.origin, this.canary]) await part[Symbol.asyncDispose]();
  }
}

/** No name of the world is looked up. */
async function lookUpOnLoopback(name: string): Promise<string[]> {
  if (!/localhost\.?$/i.test(name)) throw new Error('No other name is looked up here.');
  return (await lookup(name, { all: true })).map(({ address }) => address);
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
  let seen = 0;
  before(async () => {
    cage = await Cage.open('127.0.0.2', milliseconds(3000));
    await cage.renderer.check();
  });
  after(async () => {
    const { heard } = cage.canary;
    await cage[Symbol.asyncDispose]();
    assert.deepEqual(heard, [], 'nor when the browser ends');
    assert.ok(seen > 0, 'the sockets of the browser were seen');
  });
  const addresses = () =>
    ['http', 'https'].flatMap((scheme) => spellings.map((host) => `${scheme}://${host}:${cage.canary.port}/`));

  for (const { names, page, headers } of attempts()) {
    it(`by ${names.join('; ')}; and no socket of the browser leads past the gate, listens or speaks UDP`, async () => {
      const hosts = ['example.com', 'some-name.invalid'];
      const elsewhere = ['http', 'https'].flatMap((scheme) => hosts.map((host) => `${scheme}://${host}/`));
      const urlsOf = (name: string) =>
        [...addresses(), ...elsewhere].map((address) => address + encodeURIComponent(name));
      const sockets = await cage.drawWatched(page(urlsOf), headers(urlsOf));
      assert.deepEqual(cage.canary.heard, []);
      seen += sockets.length;
      assert.deepEqual(
        sockets.filter((socket) => !isHarmless(socket, cage.gatePorts)),
        [],
      );
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
    await using loop = await Cage.open('127.0.0.0/8,::1', milliseconds(3000));
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

describe('a canary on loopback never hears a byte of what an allowed website redirects to it', {
  skip: onLinux,
}, () => {
  let cage: Cage;
  before(async () => {
    cage = await Cage.open('127.0.0.2', milliseconds(30_000));
  });
  after(() => cage[Symbol.asyncDispose]());

  for (const [name, markup] of Object.entries(loaders)) {
    it(name, async () => {
      const targets = spellings.map((host) => `http://${host}:${cage.canary.port}/`);
      for (const some of [targets.slice(0, 3), targets.slice(3, 6), targets.slice(6)]) {
        const redirected = some
          .flatMap(redirects)
          .map(({ status, location }) => `/redirect?status=${status}&to=${encodeURIComponent(location)}`);
        cage.origin.heard.length = 0;
        const asked = new Set<string>();
        cage.hasHeard = () => {
          for (const { target } of cage.origin.heard) asked.add(target);
          return redirected.every((target) => asked.has(target));
        };
        await cage.draw(html(redirected.map(markup).join('\n') + held));
        assert.deepEqual(
          redirected.filter((target) => !asked.has(target)),
          [],
          'each redirect was asked for',
        );
        assert.deepEqual(cage.canary.heard, []);
      }
    });
  }
});

describe('OGPLUS_ALLOW_NETWORKS opens the canary that it names, and no other, to a page that tries', {
  skip: onLinux,
}, () => {
  let cage: Cage;
  before(async () => {
    // As long as it takes: a page is done once the canary heard of all that it tries.
    cage = await Cage.open('127.0.0.1,127.0.0.2', milliseconds(30_000));
  });
  after(() => cage[Symbol.asyncDispose]());

  for (const attempt of attempts()) {
    const { names, isHeard, page, headers } = attempt;
    it(`by ${names.join('; ')}${isHeard ? '' : ', which Chromium does not do'}`, async () => {
      cage.canary.heard.length = 0;
      cage.hasHeard = () => unheard(attempt, cage.canary.heard).length === 0;
      const hosts = ['127.0.0.1', '127.0.0.3', '[::1]'];
      const urlsOf = (name: string) =>
        hosts.map((host) => `http://${host}:${cage.canary.port}/${encodeURIComponent(name)}`);
      await cage.draw(page(urlsOf) + held, headers(urlsOf)); // ways that are not heard have as long as a page that hangs
      if (isHeard) await until(`the canary hears of ${unheard(attempt, cage.canary.heard)}`, cage.hasHeard);
      assert.deepEqual(
        cage.canary.heard.filter((line) => !/^TCP on 127\.0\.0\.1/.test(line)),
        [],
      );
    });
  }
});

/** The ways that the canary has not heard of. */
function unheard({ names, isNamed }: Attempt, heard: readonly string[]): string[] {
  return names.filter((name) => {
    const said = isNamed ? ` /${encodeURIComponent(name)} HTTP/` : '';
    return !heard.some((line) => line.includes(said));
  });
}

describe('without a switch of the browser the canary hears', { skip: onLinux }, () => {
  for (const [switches, name] of [
    [['--proxy-server='], 'img'],
    [['--proxy-bypass-list='], 'img'],
    [['--force-webrtc-ip-handling-policy', '--webrtc-ip-handling-policy'], 'WebRTC, STUN'],
  ] as const) {
    it(`${switches[0]}: ${name}`, async () => {
      using without = await browserWithout(...switches);
      await using cage = await Cage.open('127.0.0.2', milliseconds(60_000), without.program);
      const document = waysOut.find((way) => way.name === name)?.page([`http://127.0.0.1:${cage.canary.port}/`]) ?? '';
      await cage.draw(document + held); // the page is there until it is heard
      await until('the canary hears it', () => cage.canary.heard.length > 0);
    });
  }
});
