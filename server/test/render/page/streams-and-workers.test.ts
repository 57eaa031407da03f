import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assertMiddle, filled, green, html, openLoopback, startTestRenderer, type TestRenderer } from '../harness.ts';

// Workers and streams go by the machine's clock, so that these pages take the time that they take.
const server = createServer((req, res) => void answer(req, res));
const sockets = new Set<Duplex>();
let url: string;
let renderer: TestRenderer;
let gate: Awaited<ReturnType<typeof openLoopback>>;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gate = await openLoopback();
  renderer = await startTestRenderer({ proxyServer: gate.url });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
  await gate[Symbol.asyncDispose]();
  server.closeAllConnections();
  // What was upgraded is none of its connections any more, but keeps it open.
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function answer({ url: target }: IncomingMessage, res: ServerResponse): Promise<void> {
  if (target === '/never') return;
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  await pause(400);
  res.write('data: news\n\n');
}

server.on('upgrade', async ({ headers }, socket) => {
  sockets.add(socket);
  const key = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key.digest('base64')}\r\n\r\n`,
  );
  socket.on('error', () => {}); // the page is gone
  await pause(100);
  socket.write(Buffer.from([0x81, 4, ...Buffer.from('news')])); // RFC 6455 §5.2: a whole message of text
});

const box = (text = '') => `<div id="box" style="${filled};background:#f00">${text}</div>`;
const go = 'box.textContent = ""; box.style.background = "#0a0"';
const worker = (source: string) => `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(source)}])))`;

describe('a card shows', () => {
  for (const [what, page] of [
    [
      'what a worker computed',
      html(
        `${box()}<script>${worker('for (let n = 0, t = Date.now(); Date.now() < t + 300; n++); postMessage(1)')}.onmessage = () => { ${go} }</script>`,
      ),
    ],
    [
      'what a worker sends after a while, where the page says that it waits',
      html(
        `${box('Loading…')}<script>${worker('setTimeout(() => postMessage(1), 400)')}.onmessage = () => { ${go} }</script>`,
      ),
    ],
    [
      'a page whose canvas was drawn by a worker, and taken away',
      html(`${box()}<canvas id="c" width="60" height="30" style="position:fixed;inset:0"></canvas><script>
        const painter = ${worker(
          'onmessage = ({ data }) => { const brush = data.getContext("2d"); let n = 0; requestAnimationFrame(function step() { brush.fillRect(n, 0, 1, 9); if (++n < 30) requestAnimationFrame(step); else postMessage(1) }) }',
        )};
        const drawn = c.transferControlToOffscreen();
        painter.postMessage(drawn, [drawn]);
        setTimeout(() => { c.remove(); ${go} }, 1000);
      </script>`),
    ],
    [
      'what follows a message of a worker',
      html(`${box()}<script>${worker('postMessage(1)')}.onmessage = () => setTimeout(() => { ${go} }, 500)</script>`),
    ],
    [
      'the first event of a stream',
      html(`${box()}<script>new EventSource('/events').onmessage = () => { ${go} }</script>`),
    ],
    [
      'the first message of a WebSocket',
      html(`${box()}<script>new WebSocket(location.origin.replace('http', 'ws')).onmessage = () => { ${go} }</script>`),
    ],
  ] as const) {
    it(what, async () => {
      const picture = await renderer.draw(`${url}/page`, page);
      assert.equal(picture.complete, true);
      await assertMiddle(picture, green);
    });
  }
});

describe('a stream that says nothing', () => {
  it('is not waited for where the page shows all that it has', async () => {
    const page = html(`${box('text')}<script>box.style.background = '#0a0'; new EventSource('/never')</script>`);
    const picture = await renderer.draw(`${url}/page`, page);
    assert.equal(picture.complete, true);
    assert.match(picture.remarks.join(), /Not waited for.*\/never/);
  });
});

describe('a card shows what a page did after many times', () => {
  for (const [what, once] of [
    ['asking for its databases', 'indexedDB.databases()'],
    ['opening a database', 'new Promise((done) => { const r = indexedDB.open("a"); r.onsuccess = r.onerror = done })'],
    ['asking for its caches', 'caches.keys()'],
    ['asking for its cookies', 'cookieStore.getAll()'],
    ['asking for its service workers', 'navigator.serviceWorker.getRegistrations()'],
    ['asking how much it may store', 'navigator.storage.estimate()'],
    ['asking for a permission', 'navigator.permissions.query({ name: "geolocation" })'],
    ['asking for the system', 'navigator.userAgentData.getHighEntropyValues(["platformVersion"])'],
    [
      'reading a file',
      'new Promise((done) => { const r = new FileReader(); r.onload = done; r.readAsText(new Blob(["a"])) })',
    ],
    ['computing a hash', 'crypto.subtle.digest("SHA-256", new Uint8Array(1000000))'],
    ['decoding an image', 'Object.assign(new Image(), { src: image }).decode()'],
  ] as const) {
    it(what, async () => {
      const image = 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/%3E';
      const script = `const image = '${image}'; (async () => { for (let n = 0; n < 20; n++) await ${once}; ${go} })()`;
      const picture = await renderer.draw(`${url}/page`, html(`${box()}<script>${script}</script>`));
      await assertMiddle(picture, green);
    });
  }
});
