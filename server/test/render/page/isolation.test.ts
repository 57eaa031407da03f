import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { type Origin, page, startOrigin } from '../../harness/origin.ts';
import { assertMiddle, filled, green, html, openLoopback, startTestRenderer, type TestRenderer } from '../harness.ts';

// Green where nothing of an earlier visit is found; then leaves as much behind as it can.
const visit = `(async () => {
  const paint = (colour) => { document.documentElement.style.background = colour; };
  const caches = 'caches' in self && (await self.caches.keys()).length;
  const databases = (await indexedDB.databases()).length;
  const found = localStorage.length || sessionStorage.length || document.cookie || window.name || caches || databases;
  paint(found ? 'red' : '#0a0');
  localStorage.visited = sessionStorage.visited = window.name = 'yes';
  document.cookie = 'visited=yes; max-age=9999';
  if ('caches' in self) await (await self.caches.open('visited')).put('/visited', new Response('yes'));
  await new Promise((resolve) => { const r = indexedDB.open('visited'); r.onsuccess = r.onerror = resolve; });
})()`;
const visitor = `<script>${visit}.catch(() => { document.documentElement.style.background = 'red' }).then(() => fetch('/done'))</script>`;
// Seen through, and held back until the visit is over: a database takes as long as the machine is busy.
const held = `<img src="/held" alt="" style="${filled}">`;
const visiting = html(visitor + held);
const seenThrough = '<svg xmlns="http://www.w3.org/2000/svg"/>';

let origin: Origin;
let gate: Awaited<ReturnType<typeof openLoopback>>;
let renderer: TestRenderer;
before(async () => {
  const begun: ServerResponse[] = [];
  let ended = 0;
  const frame = page({ body: visitor });
  origin = await startOrigin((req, res) => {
    if (req.url === '/held') begun.push(res);
    else if (req.url === '/done') {
      ended++;
      res.writeHead(204).end();
    } else frame(req, res);
    if (ended < begun.length) return;
    ended -= begun.length;
    for (const one of begun.splice(0))
      one.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' }).end(seenThrough);
  });
  gate = await openLoopback();
  renderer = await startTestRenderer({ proxyServer: gate.url });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
  await gate[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function drawRepeatedly(document: string, partitions: readonly string[]): Promise<void> {
  for (const [round, partition] of partitions.entries()) {
    await assertMiddle(await renderer.draw(`${origin.url}/page`, document, { partition }), green, `round ${round}`);
  }
}

describe('nothing of one drawing shows in the next', () => {
  it('of the same website', () => drawRepeatedly(visiting, ['a', 'a', 'a', 'a']));

  it('of another website', () => drawRepeatedly(visiting, ['b', 'c', 'b', 'c']));

  it('at the same time', async () => {
    const drawings = ['d', 'd', 'e', 'e'].map((partition) =>
      renderer.draw(`${origin.url}/page`, visiting, { partition }),
    );
    for (const picture of await Promise.all(drawings)) await assertMiddle(picture, green);
  });

  for (const [what, frame] of [
    ['in a frame of its own origin', (url: string) => `src="${url}/frame"`],
    ['in a frame of another origin', (url: string) => `src="${url.replace('127.0.0.1', 'localhost')}/frame"`],
    [
      'in a frame within a frame',
      (url: string) =>
        `srcdoc="<body style='margin:0'><iframe style='${filled}' src='${url.replace('127.0.0.1', 'localhost')}/frame'></iframe>"`,
    ],
    [
      'in a frame that goes to another origin',
      (url: string) =>
        `src="data:text/html,<script>location='${url.replace('127.0.0.1', 'localhost')}/frame'</script>"`,
    ],
  ] as const) {
    it(what, () =>
      drawRepeatedly(html(`<iframe style="${filled}" ${frame(origin.url)}></iframe>${held}`), ['f', 'f', 'f', 'f']),
    );
  }

  it('of the fonts that they chose for a language', async () => {
    const drawn = async (inner: string, partition: string) => {
      const text = html(`<p ${inner} style="font:200px sans-serif">直骨</p>`, '', ' lang="en"');
      return (await renderer.draw(`${origin.url}/page`, text, { partition })).bytes;
    };
    const alone = await drawn('lang="zh-Hans"', 'i');
    const japanese = await drawn('lang="ja"', 'j');
    if (japanese.equals(alone)) throw new Error('Both languages are drawn alike.');
    if (!(await drawn('lang="zh-Hans"', 'j')).equals(alone)) throw new Error('Chinese is drawn as Japanese before it.');
  });

  it('of the languages and styles that they ask for', async () => {
    const speaks = (lang: string, is: string) =>
      html(
        `<div style="${filled}"></div><script>
          const spoken = new Intl.DateTimeFormat().resolvedOptions().locale;
          document.querySelector('div').style.background = spoken ${is} ? '#0a0' : 'red';
        </script>`,
        '',
        ` lang="${lang}"`,
      );
    const plain = html('', '<style>html{background:#0a0}</style>');
    for (const [document, style] of [
      [speaks('de', '=== "de"')],
      [speaks('ja', '=== "ja"'), 'background:red'],
      [speaks('xx-nowhere', '!== "ja"')],
      [speaks('de', '=== "de"')],
      [plain],
      [speaks('en-US', '=== "en-US"')],
    ] as const) {
      const options = style === undefined ? {} : { style };
      const picture = await renderer.draw(`${origin.url}/page`, document, { partition: 'h', ...options });
      await assertMiddle(picture, green, document);
    }
  });

  it('while files that may be kept are not asked for again', async () => {
    origin.answer = (_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/css', 'Cache-Control': 'max-age=3600' }).end('html{background:#0a0}');
    };
    origin.heard.length = 0;
    for (let round = 0; round < 2; round++) {
      const styled = html('', '<link rel="stylesheet" href="/style.css">');
      await assertMiddle(await renderer.draw(`${origin.url}/page`, styled, { partition: 'g' }), green);
    }
    if (origin.heard.length !== 1) throw new Error(`The style was asked for ${origin.heard.length} times.`);
  });
});
