import type { Group } from '../page.ts';
import { article, boxes, header, html, scripted, story, text } from '../parts.ts';

const many = (count: number, each: (n: number) => string) => Array.from({ length: count }, (_, n) => each(n)).join('');

/** How pages are laid out, without anything that takes time. */
export const layout: Group = {
  name: 'layout',
  pages: [
    { name: 'article', html: html(article) },
    {
      name: 'sticky-header',
      html: html(`<div style="position:sticky;top:0">${header}</div>${story(text.repeat(20)).slice(header.length)}`),
    },
    {
      name: 'fixed-bars',
      html: html(
        `${story(boxes())}<div style="position:fixed;left:0;right:0;bottom:0;padding:20px;background:#222;color:#fff">We use cookies <button>Fine</button></div>`,
      ),
    },
    {
      name: 'table-large',
      html: html(
        `${header}<main><table border="1" style="border-collapse:collapse;width:100%">${many(400, (n) => `<tr>${many(8, (m) => `<td>${(n * 37 + m * 101) % 997}</td>`)}</tr>`)}</table></main>`,
      ),
    },
    {
      name: 'form',
      html: html(
        story(
          '<form><label>Name <input value="Anna"></label><p><label><input type="checkbox" checked> Yes</label> <label><input type="radio" checked> One</label> <select><option>Two</option></select> <input type="range" value="70"> <input type="color" value="#2a9d8f"> <input type="date" value="2024-03-09"> <progress value=".6"></progress> <meter value=".8"></meter></p><textarea rows="4" cols="60">Some text</textarea><p><button>Send</button> <button disabled>Not now</button></p></form>',
          'A form',
        ),
      ),
    },
    {
      name: 'dark-by-preference',
      html: html(article, {
        head: '<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}}</style>',
      }),
    },
    {
      name: 'dark-by-script',
      html: html(article, {
        head: `<script>document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'sepia'</script><style>[data-theme=sepia] body{background:#f4ecd8}[data-theme=dark] body{background:#111}</style>`,
      }),
    },
    { name: 'print-style', html: html(article, { head: '<style media="print">body{display:none}</style>' }) },
    {
      name: 'container-queries',
      html: html(`<div style="container-type:inline-size;width:60%">${article}</div>`, {
        head: '<style>@container (width < 900px){.row{flex-direction:column}h1{color:#e76f51}}</style>',
      }),
    },
    {
      name: 'dialog-modal',
      html: scripted(`${article}<dialog id="d"><h1>A dialog</h1>${text}</dialog>`, 'd.showModal()', {
        head: '<style>dialog::backdrop{background:#14213dcc}</style>',
      }),
    },
    {
      name: 'popover',
      html: scripted(`${article}<div popover id="p" style="padding:60px"><h1>A popover</h1></div>`, 'p.showPopover()'),
    },
    {
      name: 'details',
      html: html(
        story(
          `<details open><summary>Open</summary>${text}</details><details><summary>Closed</summary>${text}</details>`,
        ),
      ),
    },
    {
      name: 'svg-inline',
      html: html(
        story(
          '<svg viewBox="0 0 800 260" width="1080"><defs><linearGradient id="g"><stop stop-color="#fca311"/><stop offset="1" stop-color="#e76f51"/></linearGradient><filter id="b"><feGaussianBlur stdDeviation="4"/></filter></defs><rect width="800" height="260" fill="url(#g)"/><circle cx="200" cy="130" r="90" filter="url(#b)" fill="#14213d"/><text x="330" y="160" font-size="90">Vector</text></svg>',
        ),
      ),
    },
    {
      name: 'svg-use-elsewhere',
      html: html(story('<svg width="300" height="300"><use href="sprite.svg#mark"/></svg>')),
      routes: {
        'sprite.svg': {
          body: '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="mark" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#e76f51"/></symbol></svg>',
          type: 'image/svg+xml',
          delay: 150,
        },
      },
    },
    {
      name: 'canvas-still',
      html: scripted(
        story('<canvas id="c" width="1080" height="340"></canvas>'),
        `const g = c.getContext('2d'); for (let n = 0; n < 60; n++) { g.fillStyle = 'hsl(' + n * 6 + ' 70% 60%)'; g.fillRect(n * 18, 170 - Math.sin(n / 4) * 150, 16, 150) }`,
      ),
    },
    {
      name: 'picture-and-srcset',
      html: html(
        story(
          '<picture><source media="(min-width:900px)" srcset="photo.png?n=4 1x, photo.png?n=5 2x"><img class="hero" src="photo.png?n=6" alt=""></picture>',
        ),
      ),
    },
    {
      name: 'image-set-and-mask',
      html: html(
        story(
          '<div class="hero" style="background:image-set(url(photo.svg?n=1) 1x,url(photo.svg?n=2) 2x) 0 0/cover;mask:linear-gradient(90deg,#000,transparent)"></div>',
        ),
      ),
    },
    {
      name: 'video-poster',
      html: html(story('<video class="hero" controls poster="photo.jpg?n=7" preload="none" src="film.mp4"></video>')),
    },
    { name: 'audio-controls', html: html(story('<audio controls preload="none" src="sound.mp3"></audio>')) },
    { name: 'long-page', html: html(`${header}<main>${many(1500, (n) => `<h2>Part ${n}</h2>${text}`)}</main>`) },
    {
      name: 'deep-page',
      html: html(`${header}<main>${'<div>'.repeat(400)}<h1>Deep</h1>${'</div>'.repeat(400)}</main>`),
    },
    {
      name: 'many-elements',
      html: html(
        `<div style="display:flex;flex-wrap:wrap">${many(20_000, (n) => `<i style="width:8px;height:8px;background:hsl(${(n * 7) % 360} 60% 60%)"></i>`)}</div>`,
      ),
    },
    {
      name: 'many-images',
      html: html(
        `<div style="display:flex;flex-wrap:wrap">${many(60, (n) => `<img src="photo.svg?n=${n}" width="120" height="68" alt="">`)}</div>`,
      ),
    },
    {
      name: 'big-photo',
      html: html('<img src="photo.jpg?n=3" alt="" style="width:100vw;height:100vh;object-fit:cover">'),
    },
    {
      name: 'content-visibility',
      html: html(
        `${header}<main>${many(40, (n) => `<section style="content-visibility:auto;contain-intrinsic-size:auto 200px"><h2>Part ${n}</h2>${text}</section>`)}</main>`,
      ),
    },
    {
      name: 'scrolled-by-script',
      html: scripted(
        `${header}<main>${many(60, (n) => `<h2 id="p${n}">Part ${n}</h2>${text}`)}</main>`,
        'p20.scrollIntoView()',
      ),
    },
    {
      name: 'inner-scroller',
      html: scripted(
        `${header}<div id="s" style="height:500px;overflow:auto">${many(60, (n) => `<h2>Line ${n}</h2>`)}</div>`,
        's.scrollTop = s.scrollHeight',
      ),
    },
    {
      name: 'grid-masonry-columns',
      html: html(
        `<main style="columns:3">${many(30, (n) => `<div class="box" style="break-inside:avoid;margin-bottom:16px;height:${80 + ((n * 67) % 140)}px">${n}</div>`)}</main>`,
      ),
    },
    {
      name: 'backdrop-and-blend',
      html: html(
        `<div style="position:absolute;inset:0;background:url(photo.svg?n=8) 0 0/cover"></div><div style="position:absolute;inset:120px;backdrop-filter:blur(16px);background:#ffffff66;padding:40px"><h1 style="mix-blend-mode:difference;color:#fff">Blended</h1>${text}</div>`,
      ),
    },
    {
      name: 'nested-shadow-roots',
      html: html(
        story(
          '<div><template shadowrootmode="open"><style>p{color:#e76f51;font-size:40px}</style><p>In a root</p><slot></slot></template><b>Slotted</b></div>',
        ),
      ),
    },
    {
      name: 'anchor-and-has',
      html: html(
        story(
          '<button style="anchor-name:--a;margin:60px 300px">Anchor</button><div style="position:absolute;position-anchor:--a;top:anchor(bottom);left:anchor(left);background:#2a9d8f;padding:20px">Anchored</div>',
        ),
        { head: '<style>main:has(button){background:#fef3c7}</style>' },
      ),
    },
    {
      name: 'viewport-units',
      html: html(
        '<div style="height:100dvh;display:grid;place-items:center;background:#264653;color:#fff;font-size:12vw">12vw</div>',
      ),
    },
    {
      name: 'mathml',
      html: html(
        story(
          '<math display="block" style="font-size:60px"><mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup><mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac></math>',
        ),
      ),
    },
  ],
};
