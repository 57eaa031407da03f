import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { page, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { drawnSite } from '../drawn-site.ts';
import { assertMiddle, green, html, openLoopback, pageProcesses, startTestRenderer } from '../harness.ts';

const greenPage = (script: string, head = '') =>
  html(
    `<script>const elsewhere = location.origin.replace('127.0.0.1', 'localhost') + '/elsewhere';${script}</script>`,
    `<style>html{background:#0a0}</style>${head}`,
  );
const refused = (error: unknown) => error instanceof Problem && error.type === 'render-failed';

const site = drawnSite(page({ body: '<style>html{background:#f00}</style>' }), { budget: milliseconds(1500) });
const { draw } = site;

describe('a page is drawn all the same when it', () => {
  for (const [what, document] of [
    ['sends its reader to another website', greenPage(`location = elsewhere`)],
    ['sends its reader to another website after its load', greenPage('onload = () => { location = elsewhere }')],
    [
      'sends its reader to another website by meta refresh',
      greenPage('', '<meta http-equiv="refresh" content="0;url=http://localhost/elsewhere">'),
    ],
    ['loads itself again', greenPage('onload = () => location.reload()')],
    ['loads itself again for ever', greenPage('location.reload()')],
    [
      'sends a form',
      html(
        '<form action="/elsewhere" method="post"></form><script>document.forms[0].submit()</script>',
        '<style>html{background:#0a0}</style>',
      ),
    ],
    ['opens dialogs', greenPage(`alert(1); confirm(2); prompt(3); onbeforeunload = () => 'stay'`)],
    ['prints itself', greenPage('print(); onload = print')],
    [
      'starts a download',
      greenPage(
        `const a = document.createElement('a'); a.href = 'data:application/zip,x'; a.download = 'x'; a.click()`,
      ),
    ],
    [
      'asks for permissions',
      greenPage(`Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => {})`),
    ],
    ['opens windows', greenPage(`open('/a'); open('/b', '_blank', 'noopener')`)],
    ['goes back in history', greenPage('history.pushState(0, "", "#a"); history.back()')],
    ['throws', greenPage(`throw new Error('no')`)],
  ] as const) {
    it(what, async () => {
      site.origin.heard.length = 0;
      const picture = await draw(document);
      await assertMiddle(picture, green);
      assert.equal(picture.complete, true);
      assert.ok(!site.origin.heard.some(({ target }) => target === '/elsewhere' || target === '/page'));
    });
  }

  it('opens windows over and over, which do not pile up', async () => {
    for (let round = 0; round < 4; round++) {
      await assertMiddle(await draw(greenPage(`open('/a'); open('/b', '_blank', 'noopener')`)), green);
    }
    const [browser = 0] = site.renderer.browsers.slice(-1);
    // The page of this website made ahead, and Chromium's own spares.
    await until('the windows are closed', () => pageProcesses(browser).length <= 5);
  });
});

describe('a page is refused, never drawn as something else, when it', () => {
  for (const [what, script] of [
    ['leaves for about:blank', `location = 'about:blank'`],
    ['leaves for about:blank after its load', `onload = () => { location = 'about:blank' }`],
    [
      'puts a blob in its place',
      `onload = () => { location = URL.createObjectURL(new Blob(['<body>'], { type: 'text/html' })) }`,
    ],
  ] as const) {
    it(what, async () => {
      await assert.rejects(draw(greenPage(script)), refused);
      await assertMiddle(await draw(greenPage('')), green);
    });
  }
});

describe('a page that computes for ever', () => {
  for (const [what, script] of [
    ['from its start', 'for (;;);'],
    ['after its load', 'onload = () => setTimeout(() => { for (;;); })'],
  ] as const) {
    it(`is refused, and its browser draws on for its website and for others: ${what}`, async () => {
      const [browser = 0] = site.renderer.browsers.slice(-1);
      await draw(greenPage(''));
      await assert.rejects(draw(greenPage(script)), refused);
      await assertMiddle(await draw(greenPage('')), green);
      await assertMiddle(
        await site.renderer.draw(`${site.origin.url}/page`, greenPage(''), { partition: 'another' }),
        green,
      );
      assert.equal(site.renderer.browsers.at(-1), browser);
    });
  }
});

describe('a frame of another site that computes for ever', () => {
  for (const [what, script] of [
    ['from its start', 'for (;;);'],
    ['after its load', 'onload = () => setTimeout(() => { for (;;); })'],
    ['a moment later', 'setTimeout(() => { for (;;); }, 100)'],
  ] as const) {
    it(`leaves the next card alone: ${what}`, async () => {
      const heard = Promise.withResolvers<void>();
      const answer = page({ head: `<script>${script}</script>` });
      await using other = await startOrigin((req, res) => {
        heard.resolve();
        answer(req, res);
      });
      await using gate = await openLoopback();
      await using through = await startTestRenderer({ proxyServer: gate.url, budget: milliseconds(1500) });
      const frame = `<iframe src="${other.url.replace('127.0.0.1', 'localhost')}/" style="display:block"></iframe>`;
      const drawing = through.draw(`${site.origin.url}/page`, html(frame, '<style>html{background:#0a0}</style>'));
      const outcome = await drawing.catch((error: unknown) => error);
      await heard.promise;
      if (outcome instanceof Error) assert.ok(refused(outcome), String(outcome));
      else await assertMiddle(await drawing, green);
      await assertMiddle(await through.draw(`${site.origin.url}/page`, greenPage('')), green);
    });
  }
});
