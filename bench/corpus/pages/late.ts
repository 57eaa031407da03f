import type { Group } from '../page.ts';
import { article, boxes, header, html, scripted, story, text } from '../parts.ts';

const hero = (attributes: string) => `<img class="hero" alt="" ${attributes}>`;
const still = html(story(hero('src="photo.svg?n=1"')));
const loading = `${header}<div id="app"><main><h1>Loading…</h1></main></div>`;
const show = (milliseconds: number) =>
  `setTimeout(() => { app.innerHTML = ${JSON.stringify(story(boxes()).slice(header.length))} }, ${milliseconds})`;
const shown = html(`${header}<div id="app">${story(boxes()).slice(header.length)}</div>`);

const pictures = (attributes: (n: number) => string) =>
  `<style>.four{display:grid;grid-template-columns:1fr 1fr;gap:16px}.four img{width:100%;height:190px;object-fit:cover;background:#ddd}</style><div class="four">${[1, 2, 3, 4].map((n) => `<img alt="" ${attributes(n)}>`).join('')}</div>`;

/** What is not there at the load event, and comes by itself. */
export const late: Group = {
  name: 'late',
  pages: [
    { name: 'lazy-hero', html: html(story(hero('loading="lazy" src="photo.svg?n=1"'))), rest: still },
    { name: 'lazy-hero-slow', html: html(story(hero('loading="lazy" src="photo.svg?n=1&delay=600"'))), rest: still },
    { name: 'slow-hero', html: html(story(hero('src="photo.svg?n=1&delay=900"'))), rest: still },
    {
      name: 'image-after-100-ms',
      html: scripted(story(hero('id="hero"')), `setTimeout(() => { hero.src = 'photo.svg?n=1' }, 100)`),
      rest: still,
    },
    {
      name: 'images-set-in-view',
      html: scripted(
        story(pictures((n) => `data-src="photo.svg?n=${n}"`)),
        `const seen = new IntersectionObserver((entries) => {
          for (const { isIntersecting, target } of entries) if (isIntersecting) target.src = target.dataset.src;
        });
        for (const image of document.querySelectorAll('[data-src]')) seen.observe(image)`,
      ),
      rest: html(story(pictures((n) => `src="photo.svg?n=${n}"`))),
    },
    {
      name: 'images-lazy-by-scroll-handler',
      html: scripted(
        story(pictures((n) => `data-src="photo.svg?n=${n}"`)),
        `const look = () => {
          for (const image of document.querySelectorAll('[data-src]'))
            if (image.getBoundingClientRect().top < innerHeight) { image.src = image.dataset.src; delete image.dataset.src }
        };
        addEventListener('scroll', look); addEventListener('load', () => setTimeout(look, 200))`,
      ),
    },
    {
      name: 'blur-up',
      html: scripted(
        story(
          `<div style="position:relative">${hero('src="photo.svg?n=1" style="filter:blur(20px);transition:filter .5s"')}</div>`,
        ),
        `const sharp = new Image(); sharp.onload = () => { document.querySelector('.hero').style.filter = 'none' };
        sharp.src = 'photo.svg?n=1&delay=500'`,
      ),
      rest: still,
    },
    { name: 'preloader-800-ms', html: scripted(loading, show(800)), rest: shown },
    { name: 'preloader-2500-ms', html: scripted(loading, show(2500)), rest: shown },
    {
      name: 'overlay-removed-on-load',
      html: scripted(
        `<div id="over" style="position:fixed;inset:0;background:#14213d;transition:opacity .6s;z-index:9"></div>${article}`,
        `addEventListener('load', () => setTimeout(() => { over.style.opacity = 0; over.ontransitionend = () => over.remove() }, 300))`,
      ),
      rest: html(article),
    },
    {
      name: 'chain-of-timeouts',
      html: scripted(
        story('<h1 id="step">Step 1 of 4</h1>'),
        `const next = (n) => { step.textContent = 'Step ' + n + ' of 4'; document.body.style.background = ['', '#fde', '#def', '#efd', '#fff'][n];
        if (n < 4) setTimeout(next, 250, n + 1) }; next(1)`,
      ),
      rest: html(story('<h1 id="step">Step 4 of 4</h1>')),
    },
    {
      name: 'chain-of-fetches',
      html: scripted(
        story('<h1 id="step">Step 1 of 4</h1><div id="boxes"></div>'),
        `(async () => { for (let n = 2; n <= 4; n++) { await fetch('words.json?delay=200');
        await new Promise((resolve) => setTimeout(resolve, 150)); step.textContent = 'Step ' + n + ' of 4' }
        boxes.innerHTML = ${JSON.stringify(boxes())} })()`,
      ),
    },
    {
      name: 'debounced-fetch',
      html: scripted(
        story('<ul id="list"><li>Type to search</li></ul>'),
        `let timer; const look = () => { clearTimeout(timer); timer = setTimeout(async () => {
        const { items } = await (await fetch('words.json?delay=100')).json(); list.innerHTML = items.map((item) => '<li>' + item).join('') }, 400) };
        look(); setTimeout(look, 100)`,
      ),
    },
    {
      name: 'fetch-700-ms-then-timer',
      html: scripted(
        loading,
        `fetch('words.json?delay=700').then((answer) => answer.json()).then(() => { ${show(300)} })`,
      ),
      rest: shown,
    },
    {
      name: 'list-after-1500-ms',
      html: scripted(
        story(`<ul id="list"></ul>${boxes()}`),
        `fetch('words.json?delay=1500').then((a) => a.json()).then(({ items }) => { list.innerHTML = '<li>' + items.slice(0, 3).join('<li>') })`,
      ),
      rest: html(story(`<ul id="list"><li>anchor<li>beacon<li>current</ul>${boxes()}`)),
    },
    {
      name: 'three-fetches-in-parallel',
      html: scripted(
        story('<div id="boxes"></div>'),
        `for (const [n, delay] of [[1, 900], [2, 300], [3, 600]]) fetch('words.json?delay=' + delay).then((a) => a.json()).then(({ items }) => {
        boxes.insertAdjacentHTML('beforeend', '<div class="box" style="margin-bottom:12px">' + items[n] + '</div>');
        boxes.append(...[...boxes.children].sort((a, b) => a.textContent.localeCompare(b.textContent))) })`,
      ),
    },
    {
      name: 'idle-callback',
      html: scripted(loading, `requestIdleCallback(() => requestIdleCallback(() => { ${show(0)} }))`),
      rest: shown,
    },
    {
      name: 'message-channel',
      html: scripted(
        loading,
        `const { port1, port2 } = new MessageChannel(); let left = 200;
        port1.onmessage = () => { if (--left > 0) port2.postMessage(0); else { ${show(50)} } }; port2.postMessage(0)`,
      ),
      rest: shown,
    },
    {
      name: 'worker-computes',
      html: scripted(
        loading,
        `const work = new Worker(URL.createObjectURL(new Blob(['setTimeout(() => postMessage(1), 400)'])));
        work.onmessage = () => { ${show(0)} }`,
      ),
      rest: shown,
    },
    {
      name: 'worker-script-slow',
      html: scripted(
        loading.replace('Loading…', 'Of a worker'),
        `const work = new Worker('work.js'); work.onmessage = () => { ${show(0)} }; work.postMessage(1)`,
      ),
      routes: { 'work.js': { body: 'onmessage = () => postMessage(2)', type: 'text/javascript', delay: 700 } },
      rest: shown,
    },
    {
      name: 'event-source',
      html: scripted(
        story('<h1 id="news">Waiting for news</h1>'),
        `new EventSource('events').onmessage = ({ data }) => { news.textContent = data }`,
      ),
      routes: {
        events: { body: 'data: The news is in\n\nretry: 600000\n\n', type: 'text/event-stream', delay: 300 },
      },
    },
    {
      name: 'font-face-after-200-ms',
      html: scripted(
        `<div style="font-family:late,'Noto Sans'">${article.replace('<h1>', '<h1 style="font-family:late;font-size:80px">')}</div>`,
        `setTimeout(async () => { document.fonts.add(await new FontFace('late', 'url(font.woff2)').load()) }, 200)`,
      ),
    },
    {
      name: 'font-slow-swap',
      html: html(`<div style="font-family:late,monospace">${article}</div>`, {
        head: '<style>@font-face{font-family:late;src:url(font.woff2?delay=900);font-display:swap}</style>',
      }),
    },
    {
      name: 'stylesheet-by-script',
      html: scripted(
        article,
        `setTimeout(() => document.head.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href="dark.css?delay=300">'), 150)`,
      ),
      routes: {
        'dark.css': {
          body: 'body{background:#111;color:#eee}header{background:#7b2cbf}',
          type: 'text/css',
          delay: 300,
        },
      },
    },
    {
      name: 'async-css-by-onload',
      html: html(article, { head: `<link rel="stylesheet" href="dark.css" media="print" onload="this.media='all'">` }),
      routes: { 'dark.css': { body: 'body{background:#111;color:#eee}', type: 'text/css', delay: 250 } },
    },
    {
      name: 'defer-and-module',
      html: html(`${loading}<script type="module">import { text } from './part.js'; app.innerHTML = text</script>`),
      routes: {
        'part.js': {
          body: `export const text = await new Promise((resolve) => setTimeout(resolve, 300, ${JSON.stringify(story(boxes()).slice(header.length))}))`,
          type: 'text/javascript',
          delay: 200,
        },
      },
      rest: shown,
    },
    {
      name: 'document-write',
      html: html(
        `${header}<main><script>document.write(${JSON.stringify(`<h1>Written</h1>${text}`)})</script>${boxes()}</main>`,
      ),
      rest: html(`${header}<main><h1>Written</h1>${text}${boxes()}</main>`),
    },
    {
      name: 'iframe-slow',
      html: html(story('<iframe src="inner.html" style="width:100%;height:340px;border:0"></iframe>')),
      routes: { 'inner.html': { body: html(boxes()), delay: 700 } },
    },
    {
      name: 'iframe-lazy',
      html: html(story('<iframe loading="lazy" src="inner.html" style="width:100%;height:340px;border:0"></iframe>')),
      routes: { 'inner.html': { body: html(boxes()), delay: 100 } },
    },
    {
      name: 'iframe-by-script',
      html: scripted(
        story('<div id="at"></div>'),
        `setTimeout(() => { at.innerHTML = '<iframe src="{elsewhere}/inner.html" style="width:100%;height:340px;border:0"></iframe>' }, 200)`,
      ),
      routes: { 'inner.html': { body: scripted('<div id="app">…</div>', show(400)) } },
    },
    {
      name: 'custom-element-defined-late',
      html: scripted(
        story('<late-box><h2>Not yet</h2></late-box>'),
        `setTimeout(() => customElements.define('late-box', class extends HTMLElement { connectedCallback() {
        this.attachShadow({ mode: 'open' }).innerHTML = '<div style="padding:60px;background:#2a9d8f;color:#fff;font-size:40px">Now defined</div>' } }), 250)`,
        { head: '<style>late-box:not(:defined){visibility:hidden}</style>' },
      ),
    },
  ],
};
