import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { readConfig } from '../../../src/config.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { assertMiddle, filled, green, html, startTestRenderer, type TestRenderer } from '../harness.ts';

const megabyte = 1_000_000;
const limits = { bytes: 5 * megabyte, requests: 100 };

let sent = 0;
let origin: Origin;
let renderer: TestRenderer;
const gates: Gate[] = [];

before(async () => {
  origin = await startOrigin((req, res) => {
    const url = new URL(req.url ?? '', 'http://x');
    res.writeHead(200, {
      'Content-Type': url.searchParams.get('type') ?? 'text/plain',
      'Access-Control-Allow-Origin': '*',
    });
    if (url.pathname === '/frame') return void res.end(`<script>${url.searchParams.get('script')}</script>`);
    if (url.pathname === '/moment') return void setTimeout(() => res.end(), 500); // a worker starts in the meantime
    if (url.pathname === '/small') return void res.end('x');
    const piece = Buffer.alloc(100_000);
    const more = (): void => {
      if (res.destroyed) return;
      sent += piece.length;
      if (res.write(piece)) setImmediate(more);
      else res.once('drain', more);
    };
    more();
  });
  const guard = createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8,::1' }).allowNetworks);
  const open = async () => {
    const gate = await openGate(guard, limits);
    gates.push(gate);
    return gate;
  };
  const { url } = await open();
  renderer = await startTestRenderer({
    proxyServer: url,
    pageLimits: { openGate: open, requests: 2 * limits.requests },
    budget: milliseconds(4000),
  });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
  for (const gate of gates) await gate[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});
afterEach(() => {
  sent = 0;
  origin.heard.length = 0;
});

const draw = (body: string, partition = 'a-website') =>
  renderer.draw(
    `${origin.url}/page`,
    html(`${body}<div style="${filled};position:fixed;inset:0;background:#0a0"></div>`),
    { partition },
  );
const elsewhere = () => origin.url.replace('127.0.0.1', 'localhost');
const endless = `fetch('/endless').then((r) => r.arrayBuffer()).catch(() => {})`;
const flooding = (count: number) => `for (let n = 0; n < ${count}; n++) fetch('/small?' + n).catch(() => {})`;
const torrentOf = 400;
const [flood, torrent] = [flooding(150), flooding(torrentOf)];
const framed = (script: string) =>
  `<iframe src="${elsewhere()}/frame?type=text/html&script=${encodeURIComponent(script)}"></iframe>`;
const worked = (script: string) =>
  `<img src="/moment"><script>new Worker(URL.createObjectURL(new Blob([${JSON.stringify(script)}.replaceAll("('/", "('${origin.url}/")])))</script>`;

describe('a page that loads without end is cut off and drawn with what it has', () => {
  for (const [what, body] of [
    ['by itself', () => `<script>${endless}</script>`],
    ['as images', () => '<img src="/endless?1"><img src="/endless?2"><img src="/endless?3">'],
    ['as a video', () => '<video src="/endless?type=video/mp4" preload="auto" autoplay muted></video>'],
    ['in a frame of another origin', () => framed(endless)],
    ['in a worker', () => worked(endless)],
  ] as const) {
    it(what, async () => {
      await assertMiddle(await draw(body()), green);
      // What lay in the buffers of each connection was sent, and got through to nobody. Without a limit it is gigabytes.
      assert.ok(sent < limits.bytes + 40 * megabyte, `${sent} bytes were sent`);
    });
  }
});

describe('a page that asks without end is cut off and drawn with what it has', () => {
  for (const [what, body] of [
    ['by itself', () => `<script>${flood}</script>`],
    ['as images', () => Array.from({ length: 150 }, (_, n) => `<img src="/small?${n}">`).join('')],
    ['in a frame of another origin', () => framed(flood)],
    ['in a worker', () => worked(flood)],
  ] as const) {
    it(what, async () => {
      await assertMiddle(await draw(body()), green);
      assert.ok(origin.heard.length > 10, 'what is within the limit gets through');
      assert.ok(origin.heard.length <= limits.requests, `${origin.heard.length} requests were heard`);
    });
  }
});

describe('a page that asks for far too much', () => {
  for (const [what, body] of [
    ['by itself', () => `<script>${torrent}</script>`],
    ['in a frame of another origin', () => framed(torrent)],
    ['in a worker', () => worked(torrent)],
  ] as const) {
    it(`is cut off at once: ${what}`, async () => {
      await assertMiddle(await draw(body()), green);
      assert.ok(origin.heard.length <= limits.requests, `${origin.heard.length} requests were heard`);
    });
  }
});

describe('a page whose requests the gate cannot tell apart', () => {
  it('is cut off by what the browser counts', async () => {
    const guard = createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' }).allowNetworks);
    const cuts: string[] = [];
    const open = async () => {
      const gate = await openGate(guard);
      const cut = () => {
        cuts.push(gate.url);
        gate.cut();
      };
      return { ...gate, cut };
    };
    await using counting = await startTestRenderer({
      proxyServer: gates[0]?.url,
      pageLimits: { openGate: open, requests: 50 },
      budget: milliseconds(4000),
    });
    await counting.draw(`${origin.url}/page`, html('<img src="/small?few">'));
    assert.deepEqual(cuts, []);
    await counting.draw(`${origin.url}/page`, html(`<script>${torrent}</script>`));
    assert.equal(cuts.length, 1);
    assert.ok(origin.heard.length < torrentOf, `${origin.heard.length} requests were heard`);
  });
});

describe('a page that was cut off', () => {
  it('takes nothing from the next page of its website, nor from another one at the same time', async () => {
    const image = '<img src="/small?a"><img src="/small?b">';
    await Promise.all([draw(`<script>${torrent}</script>`, 'hostile'), draw(image, 'honest')]);
    assert.ok(origin.heard.some(({ target }) => target === '/small?a'));
    origin.heard.length = 0;
    await draw(image.replaceAll('small?', 'small?next-'), 'hostile');
    assert.deepEqual(origin.heard.map(({ target }) => target).sort(), ['/small?next-a', '/small?next-b']);
  });
});
