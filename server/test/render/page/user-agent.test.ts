import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { html, openLoopback, startTestRenderer, type TestRenderer } from '../harness.ts';

// What scripts are told, sent home by each that runs.
const tell = (name: string) =>
  `fetch('/told?${name}=' + encodeURIComponent(JSON.stringify([navigator.userAgent, navigator.userAgentData?.brands ?? []])))`;

const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/worker.js': ['text/javascript', tell('worker')],
  '/shared.js': ['text/javascript', tell('shared')],
  '/frame': ['text/html', `<img src="/of-frame"><script>${tell('frame')}</script>`],
  '/style.css': ['text/css', '@font-face{font-family:f;src:url(/font)}body{font-family:f;background:url(/background)}'],
};

const loaded = ['/script.js', '/style.css', '/font', '/background', '/frame', '/of-frame', '/worker.js', '/shared.js'];
const sent = ['/socket', '/beacon', ...['page', 'frame', 'worker', 'shared'].map((name) => `/told?${name}=`)];
const isHeard = (path: string) => origin.heard.some(({ target }) => target.startsWith(path));

let origin: Origin;
let renderer: TestRenderer;
let gate: Awaited<ReturnType<typeof openLoopback>>;

before(async () => {
  gate = await openLoopback();
  origin = await startOrigin(async (req: IncomingMessage, res: ServerResponse) => {
    const [type, body] = files[req.url?.split('?', 1)[0] ?? ''] ?? ['text/plain', ''];
    res.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store', 'Access-Control-Allow-Origin': '*' });
    // The page lives until its image is there, and what it started with it.
    if (req.url === '/image') await until('all is heard', () => [...loaded, ...sent].every(isHeard));
    res.end(body);
  });
  renderer = await startTestRenderer({ renderers: 1, proxyServer: gate.url });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await gate[Symbol.asyncDispose]();
});

describe('what a page loads while it is drawn', () => {
  // The second time the page is one that was drawn before.
  for (const time of ['first', 'second']) {
    it(`says that it is OpenGraph+ with a Chrome, the ${time} time`, async () => {
      origin.heard.length = 0;
      const elsewhere = origin.url.replace('127.0.0.1', 'localhost');
      const body = `<p>text<img src="/image" width="50" height="50"><iframe src="/frame"></iframe><iframe src="${elsewhere}/frame"></iframe>
        <script src="/script.js"></script>
        <script>
          ${tell('page')};
          new Worker('/worker.js');
          new SharedWorker('/shared.js');
          new WebSocket(location.origin.replace('http', 'ws') + '/socket');
          navigator.sendBeacon('/beacon');
        </script>`;
      const { complete } = await renderer.draw(
        `${origin.url}/${time}`,
        html(body, '<link rel="stylesheet" href="/style.css">'),
      );
      assert.ok(complete);
      for (const { target, headers } of origin.heard) {
        const agent = headers['user-agent'] ?? '';
        const hints = headers['sec-ch-ua']?.toString() ?? '"OpenGraphPlus"';
        assert.doesNotMatch(agent + hints, /headless|bot\b/i, target);
        assert.match(agent, / Safari\/537\.36 OpenGraphPlus\/[\d.]+$/, target);
        // A full Chromium gives frames of other sites processes of their own, which it alone speaks for.
        if (headers.host === new URL(elsewhere).host) continue;
        assert.match(hints, /"OpenGraphPlus"/, target);
        // Nobody speaks for a shared worker, which may be of several pages.
        if (!target.startsWith('/told?shared')) assert.match(agent, / Chrome\/\d+\.0\.0\.0 /, target);
        if (!target.startsWith('/told') || target.startsWith('/told?shared')) continue;
        const [toScripts, brands] = JSON.parse(decodeURIComponent(target.replace(/^.*?=/, '')));
        assert.equal(toScripts, agent, target);
        assert.match(JSON.stringify(brands), /OpenGraphPlus/, target);
      }
    });
  }
});
