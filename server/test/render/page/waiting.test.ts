import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { milliseconds } from '../../../src/model/units.ts';
import { drawnSite } from '../drawn-site.ts';
import { assertMiddle, filled, green, html, openLoopback, startTestRenderer } from '../harness.ts';

const require = createRequire(import.meta.url);
const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#0a0"/></svg>';
const font = ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', '/usr/share/fonts/TTF/DejaVuSans.ttf'].find(
  existsSync,
);
// Long enough that a drawing which does not wait is seen to be done before.
const lateMs = 300;

const site = drawnSite((req, res) => void answer(req.url ?? '', res));

async function answer(target: string, res: ServerResponse): Promise<void> {
  if (target === '/never') return;
  if (target === '/stream') return void res.write('first');
  if (target === '/quick') return void res.end('{}');
  if (target.startsWith('/npm/')) {
    const [name = '', ...path] = target.slice('/npm/'.length).split('/');
    const file = join(dirname(require.resolve(`${name}/package.json`)), ...path);
    res.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(file));
    return;
  }
  await pause(lateMs);
  if (target === '/address') res.writeHead(200, { 'Content-Type': 'text/plain' }).end('/late');
  else if (target === '/font.ttf' && font !== undefined) {
    res.writeHead(200, { 'Content-Type': 'font/ttf' }).end(readFileSync(font));
  } else {
    res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(square);
  }
}

// Both ask for the address of a picture, then show the picture.
const shown = (element: string) =>
  `${element}('img', { src, style: { display: 'block', width: '100vw', height: '100vh' } })`;
const apps = {
  React: `const App = () => {
    const [src, setSrc] = React.useState();
    React.useEffect(() => { fetch('/address').then((r) => r.text()).then(setSrc) }, []);
    return src ? ${shown('React.createElement')} : 'Loading';
  };
  ReactDOM.createRoot(document.getElementById('app')).render(React.createElement(App));`,
  Vue: `Vue.createApp({
    setup() {
      const src = Vue.ref();
      fetch('/address').then((r) => r.text()).then((text) => { src.value = text });
      return () => src.value ? Vue.${shown('h').replace('src,', 'src: src.value,')} : 'Loading';
    },
  }).mount('#app');`,
};
const { draw } = site;

describe('a drawing waits for', () => {
  for (const [what, page] of [
    ['an image', html(`<img src="/late" style="${filled}">`)],
    ['a lazy image in view', html(`<img src="/late" loading="lazy" style="${filled}">`)],
    [
      'an image that a script adds',
      html(
        `<script>onload = () => { const i = new Image(); i.src = '/late'; i.style = '${filled}'; document.body.append(i) }</script>`,
      ),
    ],
    ['a background', html(`<div style="${filled};background:url(/late) 0 0/100% 100%"></div>`)],
  ] as const) {
    it(what, async () => {
      const picture = await draw(page);
      await assertMiddle(picture, green);
      assert.equal(picture.complete, true);
    });
  }

  it('a web font', { skip: font === undefined && 'this machine has no DejaVu Sans to serve' }, async () => {
    // A full block covers its line; in the fallback of a missing font the text is not there at all.
    const page = html(
      `<div style="font:900px/1 late;color:#0a0;margin:-200px 0 0 -100px;white-space:nowrap">████</div>`,
      `<style>@font-face{font-family:late;src:url(/font.ttf);font-display:block}</style>`,
    );
    await assertMiddle(await draw(page), green);
    assert.ok(site.origin.heard.some(({ target }) => target === '/font.ttf'));
  });

  it('what an app that draws itself asks for, and asks for then', async () => {
    for (const [framework, ...scripts] of [
      ['React', 'react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js'],
      ['Vue', 'vue/dist/vue.global.prod.js'],
    ] as const) {
      const load = scripts.map((script) => `<script src="/npm/${script}"></script>`).join('');
      const picture = await draw(html(`<div id="app">Loading</div>${load}<script>${apps[framework]}</script>`));
      await assertMiddle(picture, green, framework);
      assert.equal(picture.complete, true);
    }
  });

  it('no request that never ends, once the page has shown what it has', async () => {
    const page = html(`<div style="${filled};background:#0a0"></div><script>fetch('/never')</script>`);
    const picture = await draw(page);
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
  });

  it('no answer that its script never reads, no stream that goes on, no worker', async () => {
    // Less time than a request that never ends is given: what was waited for to no avail would be incomplete.
    await using hurried = await startTestRenderer({ budget: milliseconds(2500) });
    for (const script of [
      `fetch('/address')`,
      `fetch('/stream').then((response) => response.text())`,
      `new Worker('/address'); new SharedWorker('/address')`,
    ]) {
      const page = html(`<div style="${filled};background:#0a0"></div><script>${script}</script>`);
      const picture = await hurried.draw(`${site.origin.url}/page`, page);
      assert.equal(picture.complete, true, script);
      await assertMiddle(picture, green, script);
    }
  });

  it('nothing that may hang without being missed', async () => {
    for (const hanging of [
      '<img src="/never" style="position:fixed;left:0;top:0;width:24px;height:24px">',
      `<script src="${site.origin.url.replace('127.0.0.1', 'localhost')}/never"></script>`,
    ]) {
      const picture = await draw(html(`<div style="${filled};background:#0a0">text</div>${hanging}`));
      assert.equal(picture.complete, true, hanging);
      await assertMiddle(picture, green, hanging);
    }
  });

  it('no end of what a page asks for again and again', async () => {
    const page = html(
      `<div style="${filled};background:#0a0">text</div><script>
        const ask = async () => { await fetch('/quick'); setTimeout(ask, 200) };
        ask();
      </script>`,
    );
    const picture = await draw(page);
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
  });

  it('nothing that is loaded ahead for another page', async () => {
    const rules = (eager: string) =>
      `<script type="speculationrules">{"${eager}":[{"urls":["/${eager}"],"eagerness":"immediate"}]}</script>`;
    const page = html(
      `<div style="${filled};background:#0a0"></div>${rules('prefetch')}${rules('prerender')}<script>fetch('/quick')</script>`,
      '<link rel="prefetch" href="/next.js"><link rel="prefetch" as="document" href="/next">',
    );
    site.origin.heard.length = 0;
    await using gate = await openLoopback();
    await using through = await startTestRenderer({ proxyServer: gate.url });
    const headers = { link: '</third>; rel=prefetch', 'speculation-rules': '"/rules.json"' };
    const picture = await through.draw(`${site.origin.url}/page`, page, { headers });
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
    assert.deepEqual(
      site.origin.heard.map(({ target }) => target),
      ['/quick'],
    );
  });

  it('nothing that a script adds to be loaded ahead', async () => {
    const page = html(
      `<div style="${filled};background:#0a0"></div><script>
        const add = (name, values, text = '') => {
          const element = Object.assign(document.createElement(name), values);
          element.textContent = text;
          document.head.append(element);
        };
        for (const as of ['', 'script', 'document']) add('link', { rel: 'pre' + 'fetch', as, href: '/next-' + as });
        add('link', { rel: 'pre' + 'render', href: '/rendered' });
        for (const eager of ['fetch', 'render'])
          add('script', { type: 'speculation' + 'rules' }, JSON.stringify({ ['pre' + eager]: [{ urls: ['/' + eager], eagerness: 'immediate' }] }));
        const rules = document.createElement('script');
        rules.setAttribute('type', 'Speculation' + 'Rules');
        rules.textContent = JSON.stringify({ ['pre' + 'fetch']: [{ urls: ['/by-attribute'], eagerness: 'immediate' }] });
        document.head.append(rules);
        document.body.insertAdjacentHTML('beforeend', '<p><link rel="pre' + 'fetch" href="/written"></p>');
        fetch('/quick');
      </script>`,
    );
    site.origin.heard.length = 0;
    await using gate = await openLoopback();
    await using through = await startTestRenderer({ proxyServer: gate.url });
    const picture = await through.draw(`${site.origin.url}/page`, page);
    assert.equal(picture.complete, true);
    assert.deepEqual(
      site.origin.heard.map(({ target }) => target),
      ['/quick'],
    );
  });

  it('no image out of view', async () => {
    const page = html(
      `<div style="${filled};background:#0a0"></div><div style="height:20000px"></div><img src="/never" loading="lazy">`,
    );
    const picture = await draw(page);
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
  });
});

describe('what moves', () => {
  for (const [what, style] of [
    [
      'an animation is at its end',
      '@keyframes a{from{background:#f00}to{background:#0a0}}body{animation:a 60s forwards}',
    ],
    [
      'an endless animation does not show',
      '@keyframes a{from{background:#f00}to{background:#00f}}body{background:#0a0;animation:a 60s infinite}',
    ],
  ] as const) {
    it(what, async () => assertMiddle(await draw(html('', `<style>html,body{height:100%}${style}</style>`)), green));
  }

  it('an animation that follows the scroll position is where it belongs', async () => {
    const page = html(
      `<div style="${filled};animation:a linear both;animation-timeline:scroll()"></div><div style="height:9000px"></div>`,
      '<style>@keyframes a{from{background:#0a0}to{background:#f00}}</style>',
    );
    await assertMiddle(await draw(page), green);
  });

  it('there is a mouse, which moves nothing', async () => {
    const page = html(
      '',
      '<style>html{background:#f00}@media (hover) and (pointer:fine){html{background:#0a0}}</style>',
    );
    await assertMiddle(await draw(page), green);
  });

  it('a transition is at its end', async () => {
    const page = html(
      `<script>onload = () => { getComputedStyle(document.body).color; document.body.style.background = '#0a0' }</script>`,
      '<style>html,body{height:100%}body{background:#f00;transition:background 60s}</style>',
    );
    await assertMiddle(await draw(page), green);
  });

  it('a caret is hidden', async () => {
    const page = html(
      `<textarea autofocus style="${filled};outline:0;padding:0;resize:none;font-size:9999px;background:#0a0;caret-color:#f00">`,
      '<style>textarea{caret-color:#f00}</style>',
    );
    await assertMiddle(await draw(page), green);
  });
});

describe('when the budget ends', () => {
  it('what is there is drawn', async () => {
    await using hurried = await startTestRenderer({ budget: milliseconds(700) });
    await hurried.check();
    const drawWith = async (waiting: string) => {
      const page = html(`<div style="${filled};background:#0a0"></div>${waiting}`);
      const picture = await hurried.draw(`${site.origin.url}/page`, page);
      assert.equal(picture.complete, false, waiting);
      if (!waiting.includes('link')) await assertMiddle(picture, green, waiting);
    };
    const waiting = ['<img src="/never">', '<link rel="stylesheet" href="/never">', '<script src="/never"></script>'];
    await Promise.all(waiting.map(drawWith));
  });
});
