import type { Group } from '../page.ts';
import { article, boxes, header, html, scripted, story, text } from '../parts.ts';

const hidden =
  '<style>.box{opacity:0;transform:translateY(40px);transition:all .6s}.box.in{opacity:1;transform:none}</style>';
const revealed = html(story(boxes()));
const inFrames = (frames: number, then: string): string =>
  frames === 0 ? then : `requestAnimationFrame(() => { ${inFrames(frames - 1, then)} })`;
const white = '<style>body{opacity:0;transition:opacity .8s}body.ready{opacity:1}</style>';
const ready = `document.body.classList.add('ready')`;

/** What moves, and comes to an end. */
export const motion: Group = {
  name: 'motion',
  pages: [
    {
      name: 'reveal-when-seen',
      html: scripted(
        story(boxes()),
        `const seen = new IntersectionObserver((entries) => { for (const { isIntersecting, target } of entries) if (isIntersecting) target.classList.add('in') }, { threshold: .2 });
        for (const box of document.querySelectorAll('.box')) seen.observe(box)`,
        { head: hidden },
      ),
      rest: revealed,
    },
    {
      name: 'reveal-when-seen-staggered',
      html: scripted(
        story(boxes()),
        `new IntersectionObserver(([{ isIntersecting }], me) => { if (!isIntersecting) return; me.disconnect();
        document.querySelectorAll('.box').forEach((box, n) => setTimeout(() => box.classList.add('in'), 250 * n)) }).observe(document.querySelector('.row'))`,
        { head: hidden },
      ),
      rest: revealed,
    },
    { name: 'class-in-one-frame', html: scripted(article, inFrames(1, ready), { head: white }), rest: html(article) },
    { name: 'class-in-two-frames', html: scripted(article, inFrames(2, ready), { head: white }), rest: html(article) },
    { name: 'class-in-six-frames', html: scripted(article, inFrames(6, ready), { head: white }), rest: html(article) },
    {
      name: 'class-after-100-ms',
      html: scripted(article, `setTimeout(() => ${ready}, 100)`, { head: white }),
      rest: html(article),
    },
    {
      name: 'class-after-1000-ms',
      html: scripted(article, `setTimeout(() => ${ready}, 1000)`, { head: white }),
      rest: html(article),
    },
    {
      name: 'class-on-load',
      html: scripted(article, `addEventListener('load', () => ${ready})`, { head: white }),
      rest: html(article),
    },
    {
      name: 'fade-in-keyframes',
      html: html(article, { head: '<style>@keyframes in{from{opacity:0}}body{animation:in 1.2s .4s both}</style>' }),
      rest: html(article),
    },
    {
      name: 'keyframes-after-keyframes',
      html: scripted(
        story('<div id="a" class="box">First</div><div id="b" class="box" hidden>Second</div>'),
        `a.onanimationend = () => { a.hidden = true; b.hidden = false }`,
        {
          head: '<style>@keyframes out{to{opacity:0}}#a,#b{animation:out .4s reverse both}#a{animation-direction:normal}[hidden]{display:none}.box{height:300px}</style>',
        },
      ),
    },
    {
      name: 'animation-in-shadow-root',
      html: scripted(
        story('<fade-box></fade-box>'),
        `customElements.define('fade-box', class extends HTMLElement { constructor() { super();
        this.attachShadow({ mode: 'open' }).innerHTML = '<style>@keyframes in{from{opacity:0;transform:translateX(-300px)}}div{animation:in 1.5s both;background:#e76f51;height:340px}</style><div></div>' } })`,
      ),
      rest: html(story('<div style="background:#e76f51;height:340px"></div>')),
    },
    {
      name: 'animation-in-iframe',
      html: html(story('<iframe src="inner.html" style="width:100%;height:340px;border:0"></iframe>')),
      routes: {
        'inner.html': {
          body: '<!doctype html><style>@keyframes in{from{opacity:0}}body{margin:0;height:340px;background:#264653;animation:in 1.5s both}</style>',
        },
      },
    },
    {
      name: 'animation-in-foreign-iframe',
      html: html(story('<iframe src="{elsewhere}/inner.html" style="width:100%;height:340px;border:0"></iframe>')),
      routes: {
        'inner.html': {
          body: '<!doctype html><style>@keyframes in{from{transform:scaleX(0)}}div{height:340px;background:#264653;animation:in 1.5s both}body{margin:0}</style><div></div>',
        },
      },
    },
    {
      name: 'web-animations-chain',
      html: scripted(
        story('<div id="a" style="height:300px;background:#2a9d8f;width:10%"></div>'),
        `a.animate({ width: ['10%', '60%'] }, { duration: 500, fill: 'forwards' }).finished
        .then(() => a.animate({ width: ['60%', '100%'] }, { duration: 500, fill: 'forwards' }))`,
      ),
      rest: html(story('<div style="height:300px;background:#2a9d8f;width:100%"></div>')),
    },
    {
      name: 'frames-by-script',
      html: scripted(
        story('<div id="a" style="height:300px;background:#e76f51;width:0"></div>'),
        `let start; const step = (now) => { start ??= now; const done = Math.min(1, (now - start) / 1500); a.style.width = done * 100 + '%'; if (done < 1) requestAnimationFrame(step) }; requestAnimationFrame(step)`,
      ),
      rest: html(story('<div style="height:300px;background:#e76f51;width:100%"></div>')),
    },
    {
      name: 'frames-by-interval',
      html: scripted(
        story('<div id="a" style="height:300px;background:#e76f51;width:0"></div>'),
        `let n = 0; const timer = setInterval(() => { a.style.width = ++n + '%'; if (n === 100) clearInterval(timer) }, 16)`,
      ),
      rest: html(story('<div style="height:300px;background:#e76f51;width:100%"></div>')),
    },
    {
      name: 'count-up-by-hand',
      html: scripted(
        story('<div id="n" style="font-size:200px;font-weight:700">0</div>', 'Visitors this year'),
        `const start = Date.now(); const step = () => { const done = Math.min(1, (Date.now() - start) / 2000);
        n.textContent = Math.round(98765 * done).toLocaleString('en'); if (done < 1) requestAnimationFrame(step) }; step()`,
      ),
      rest: html(story('<div id="n" style="font-size:200px;font-weight:700">98,765</div>', 'Visitors this year')),
    },
    {
      name: 'typewriter',
      html: scripted(
        story('<h1 id="t" style="font-size:90px"></h1>', 'We build'),
        `const text = 'Houses by the sea'; let n = 0; const type = () => { t.textContent = text.slice(0, ++n); if (n < text.length) setTimeout(type, 90) }; type()`,
      ),
      rest: html(story('<h1 id="t" style="font-size:90px">Houses by the sea</h1>', 'We build')),
    },
    {
      name: 'canvas-drawn-over-time',
      html: scripted(
        story('<canvas id="c" width="1080" height="340"></canvas>'),
        `const g = c.getContext('2d'); let n = 0; const bar = () => { g.fillStyle = 'hsl(' + n * 36 + ' 60% 50%)'; g.fillRect(n * 108, 340 - 30 * (n + 1), 90, 340); if (++n < 10) setTimeout(() => requestAnimationFrame(bar), 120) }; bar()`,
      ),
    },
    {
      name: 'svg-smil',
      html: html(
        story(
          '<svg width="1080" height="340"><rect height="340" width="0" fill="#2a9d8f"><animate attributeName="width" from="0" to="1080" dur="1s" fill="freeze"/></rect></svg>',
        ),
      ),
    },
    {
      name: 'svg-stroke-drawn',
      html: html(
        story(
          '<svg width="1080" height="340"><path pathLength="1" d="M20 300 C 300 -200 700 600 1060 40" fill="none" stroke="#e76f51" stroke-width="24"/></svg>',
        ),
        {
          head: '<style>@keyframes draw{from{stroke-dashoffset:1}to{stroke-dashoffset:0}}path{stroke-dasharray:1;animation:draw 2s ease-out both}</style>',
        },
      ),
    },
    {
      name: 'starting-style',
      html: html(article, {
        head: '<style>main{transition:opacity 1s,transform 1s}@starting-style{main{opacity:0;transform:scale(.5)}}</style>',
      }),
      rest: html(article),
    },
    {
      name: 'view-transition',
      html: scripted(
        story('<div id="at"><div class="box">Before</div></div>'),
        `setTimeout(() => document.startViewTransition(() => { at.innerHTML = ${JSON.stringify(boxes())} }), 200)`,
        { head: '<style>::view-transition-group(*){animation-duration:1s}</style>' },
      ),
      rest: revealed,
    },
    {
      name: 'view-transition-slow-callback',
      html: scripted(
        story('<div id="at"><div class="box">Before</div></div>'),
        `document.startViewTransition(async () => { await fetch('words.json?delay=500'); at.innerHTML = ${JSON.stringify(boxes())} })`,
      ),
      rest: revealed,
    },
    {
      name: 'scroll-driven',
      html: html(`<div style="height:3000px">${story(boxes())}</div>`, {
        head: '<style>@keyframes in{from{opacity:0}to{opacity:1}}.box{animation:in linear both;animation-timeline:view();animation-range:entry 0% entry 50%}header{animation:bar linear;animation-timeline:scroll()}@keyframes bar{to{background:red}}</style>',
      }),
      rest: revealed,
    },
    {
      name: 'smooth-scroll-to-anchor',
      html: scripted(
        `<div style="height:900px;background:#fde"></div><div id="goal">${story(boxes())}</div><div style="height:900px"></div>`,
        `setTimeout(() => goal.scrollIntoView({ behavior: 'smooth' }), 100)`,
      ),
    },
    {
      name: 'accordion-opens',
      html: scripted(
        story(
          `<div id="fold" style="display:grid;grid-template-rows:0fr;transition:grid-template-rows .7s"><div style="overflow:hidden">${boxes()}</div></div>${text}`,
        ),
        `setTimeout(() => { fold.style.gridTemplateRows = '1fr' }, 150)`,
      ),
    },
    {
      name: 'slide-in-panel',
      html: scripted(
        `${header}<div id="panel" style="position:fixed;inset:80px 0 0 auto;width:700px;background:#264653;color:#fff;padding:40px;transform:translateX(100%);transition:transform .8s cubic-bezier(.2,1.4,.4,1)"><h1>Slid in</h1>${text}</div>${text}`,
        `addEventListener('load', () => setTimeout(() => { panel.style.transform = 'none' }, 200))`,
      ),
    },
    {
      name: 'no-reduced-motion-rule',
      html: html(article, {
        head: '<style>@keyframes in{from{opacity:0}}@media (prefers-reduced-motion:no-preference){body{animation:in 60s both}}</style>',
      }),
      rest: html(article),
    },
  ],
};
