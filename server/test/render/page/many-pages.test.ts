import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { isClose, pixel } from '../../harness/pixels.ts';
import { green, html, openLoopback, small, startTestRenderer, type TestRenderer } from '../harness.ts';

// Paints the page green where nothing of another page is found in any place that a page can write to, and red where
// something is.
const probe = `
fetch('/under-way').then((response) => response.text()); // what is drawn waits for requests, not for databases
const found = [];
const look = (where, is) => { if (is) found.push(where); };
look('a cookie', document.cookie);
look('localStorage', localStorage.length);
look('sessionStorage', sessionStorage.length);
look('the name of the window', window.name);
look('another time zone', Intl.DateTimeFormat().resolvedOptions().timeZone !== 'UTC' || new Date().getTimezoneOffset());
look('another zoom', devicePixelRatio !== 1 || innerWidth !== 160 || visualViewport.scale !== 1);
look('history', history.length !== 2 || history.state !== null);
look('an opener', window.opener);
look('IndexedDB', (await indexedDB.databases()).length);
look('a cache', (await caches.keys()).length);
look('a service worker', (await navigator.serviceWorker.getRegistrations()).length);
for await (const name of (await navigator.storage.getDirectory()).keys()) look('a file ' + name, true);
look('a password', (await (await fetch('/private')).text()) === 'in');
look('a cookie on its way', await (await fetch('/cookie')).text());
for (const name of ['clipboard-read', 'notifications', 'geolocation', 'camera', 'midi', 'persistent-storage']) {
  look('a permission for ' + name, (await navigator.permissions.query({ name })).state === 'granted');
}
look('the clipboard', await navigator.clipboard.readText().catch(() => ''));
document.documentElement.style.background = found.length === 0 ? '#0a0' : '#f00';
if (found.length > 0) await fetch('/found', { method: 'POST', body: found.join(', ') });
`;
const over = `await (await fetch('/over')).text();`;

// What a page leaves behind, or does to whoever draws it.
const leavings: Readonly<Record<string, string>> = {
  nothing: '',
  cookies: `document.cookie = 'a=1; max-age=9999'; document.cookie = 'b=2; path=/; max-age=9999'`,
  'a cookie by a response': `await (await fetch('/set-cookie')).text()`,
  storage: `localStorage.a = sessionStorage.a = 'x'`,
  'a full storage': `try { for (let i = 0; ; i++) localStorage[i] = 'x'.repeat(1e6) } catch {}`,
  'a database': `await new Promise((done) => { const open = indexedDB.open('a'); open.onsuccess = open.onerror = done })`,
  'a cache': `await (await caches.open('a')).put('/a', new Response('a'))`,
  'a file': `await (await navigator.storage.getDirectory()).getFileHandle('a', { create: true })`,
  'a service worker': `await navigator.serviceWorker.register('/worker.js')`,
  'a shared worker': `new SharedWorker('/worker.js')`,
  'a name': `window.name = 'a'`,
  'a password': `await new Promise((done) => { const x = new XMLHttpRequest(); x.open('GET', '/private', true, 'a', 'b'); x.onloadend = done; x.send() })`,
  'a zoom': `document.documentElement.style.zoom = 3; resizeTo(200, 200); moveTo(9, 9)`,
  'something to paste': `await navigator.clipboard.writeText('a').catch(() => {}); document.execCommand('copy')`,
  history: `for (let i = 0; i < 9; i++) history.pushState({ i }, '', '#' + i)`,
  'a wish to be asked': `onbeforeunload = (event) => { event.preventDefault(); return 'stay' }`,
  'permissions asked for': `Notification.requestPermission(); navigator.storage.persist(); navigator.geolocation.getCurrentPosition(() => {})`,
  dialogs: `alert(1); confirm(2); prompt(3); print()`,
  windows: `open('/a', 'a'); open('about:blank', 'b')?.localStorage.setItem('a', 'x')`,
  'a frame of another origin': `const f = document.createElement('iframe'); f.src = location.origin.replace('127.0.0.1', 'localhost') + '/frame'; document.body.append(f); await new Promise((done) => { f.onload = done })`,
  'another page by script': `location = '/elsewhere'`,
  'a lock': `navigator.locks.request('a', () => new Promise(() => {}))`,
  'a timer': `setInterval(() => { document.cookie = 'late=1; max-age=9999'; localStorage.late = 1 }, 0)`,
  'a fault': `setTimeout(() => { throw new Error('no') })`,
  'an endless page': `for (;;);`,
};

// What is looked at is a colour.
const tiny = { ...small, width: 160, height: 84, scale: 1 };

const kinds = Object.keys(leavings);
// Behind the last that leaves something, each website has a page more.
const last = ['nothing', 'nothing', 'nothing'];
// Each kind once; `npm run many-pages` draws 300, in which each kind comes behind each other one.
const pages = Number(process.env['OGPLUS_PAGES_IN_A_ROW'] ?? kinds.length + last.length);
// Each of these takes as long as a page may take.
const slow = new Set(['an endless page']);
const mostSlow = 6;

/** The same order in each run. */
function orderOf(count: number): string[] {
  const order = [...kinds];
  for (let n = 0; order.length < count - last.length; n = (n * 7 + 3) % 1009) {
    const kind = kinds[n % kinds.length] ?? '';
    if (!slow.has(kind) || order.filter((other) => other === kind).length < mostSlow) order.push(kind);
  }
  return [...order, ...last];
}

describe(`${pages} pages in a row, of three websites, each leaving what it can`, () => {
  let origin: Origin;
  let gate: Awaited<ReturnType<typeof openLoopback>>;
  let renderer: TestRenderer;
  const found: string[] = [];
  const underWay: ServerResponse[] = [];
  before(async () => {
    origin = await startOrigin((req, res) => {
      const { pathname } = new URL(req.url ?? '/', 'http://origin');
      if (pathname === '/under-way') return void underWay.push(res);
      if (pathname === '/over') for (const held of underWay.splice(0)) held.end();
      if (pathname === '/found') req.on('data', (text) => found.push(String(text)));
      const [status, headers, body] = (
        {
          '/private': req.headers.authorization
            ? [200, {}, 'in']
            : [401, { 'WWW-Authenticate': 'Basic realm="a"' }, 'out'],
          '/cookie': [200, {}, req.headers.cookie ?? ''],
          '/set-cookie': [200, { 'Set-Cookie': 'c=3; max-age=9999; HttpOnly' }, ''],
          '/worker.js': [200, { 'Content-Type': 'text/javascript' }, 'onfetch = () => {}'],
          '/frame': [200, { 'Content-Type': 'text/html' }, '<script>localStorage.a = document.cookie = "a=1"</script>'],
        } as Record<string, [number, Record<string, string>, string]>
      )[pathname] ?? [404, {}, ''];
      res.writeHead(status, { 'Cache-Control': 'no-store', ...headers }).end(body);
    });
    gate = await openLoopback();
    renderer = await startTestRenderer({ proxyServer: gate.url, budget: milliseconds(3000) });
  });
  after(async () => {
    await renderer[Symbol.asyncDispose]();
    await gate[Symbol.asyncDispose]();
    await origin[Symbol.asyncDispose]();
  });

  it('show nothing of one another', async () => {
    const order = orderOf(pages);
    for (const [n, kind] of order.entries()) {
      const script = `<script type="module">${probe}${leavings[kind]};${over}</script>`;
      const drawing = renderer.draw(`${origin.url}/page`, html(script), { frame: tiny, partition: `website-${n % 3}` });
      const picture = await drawing.catch((error: unknown) => {
        if (error instanceof Problem && error.type === 'render-failed' && kind === 'an endless page') return undefined;
        throw error;
      });
      if (picture === undefined) continue;
      const colour = await pixel(picture.bytes, 10, 70);
      const behind = order.slice(Math.max(0, n - 3), n).join(', ');
      assert.ok(isClose(colour, green), `Page ${n} (${kind}) found ${found.join('; ') || colour}, behind: ${behind}`);
    }
    assert.equal(renderer.started, pages);
    assert.equal(renderer.browsers.length, 1);
  });
});
