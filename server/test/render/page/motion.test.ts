import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { drawnSite } from '../drawn-site.ts';
import { assertMiddle, filled, green, html } from '../harness.ts';

const site = drawnSite((req, res) => void answer(req.url ?? '', res));

const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#0a0"/></svg>';

async function answer(target: string, res: ServerResponse): Promise<void> {
  const type = (name: string) => res.setHeader('Content-Type', name);
  if (target === '/frame-moving') {
    type('text/html');
    res.end(
      html(
        '<div id="box"></div><script>setTimeout(() => box.className = "on", 300)</script>',
        fading('#box.on', '#box'),
      ),
    );
    return;
  }
  if (target === '/picture') await pause(50);
  if (target === '/data') await pause(100);
  type('image/svg+xml');
  res.end(square);
}

/** `of` goes from red to green, by style, in two seconds. */
const fading = (of: string, all = of) =>
  `<style>${all}{${filled};background:#f00;transition:background 2s}${of}{background:#0a0}</style>`;
const box = `<div id="box" style="${filled};background:#f00"></div>`;
const go = 'box.style.background = "#0a0"';
const { draw } = site;

describe('a card shows what comes after the load:', () => {
  for (const [what, page] of [
    ['a timer', html(`${box}<script>setTimeout(() => { ${go} }, 800)</script>`)],
    [
      'a timer that is set by a timer',
      html(`${box}<script>setTimeout(() => setTimeout(() => { ${go} }, 1500), 1000)</script>`),
    ],
    [
      'an animation frame by frame, by the time that went by',
      html(`${box}<script>
        let start;
        const step = (now) => {
          start ??= now;
          const done = Math.min(1, (now - start) / 1500);
          box.style.background = \`rgb(\${255 - 255 * done}, \${170 * done}, 0)\`;
          if (done < 1) requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      </script>`),
    ],
    [
      'an animation that counts frames',
      html(`${box}<script>
        let frames = 0;
        const step = () => { box.style.paddingLeft = frames + 'px'; if (++frames === 55) ${go}; else requestAnimationFrame(step); };
        requestAnimationFrame(step);
      </script>`),
    ],
    [
      'a number that counts up in a canvas',
      html(`<canvas id="c" width="600" height="315" style="${filled}"></canvas><script>
        const brush = c.getContext('2d');
        const start = performance.now();
        requestAnimationFrame(function step() {
          const done = Math.min(1, (performance.now() - start) / 2000);
          brush.fillStyle = done < 1 ? '#f00' : '#0a0';
          brush.fillRect(0, 0, 600, 315);
          if (done < 1) requestAnimationFrame(step);
        });
      </script>`),
    ],
    [
      'a transition by a class that is set in an animation frame',
      html(
        '<div id="box"></div><script>requestAnimationFrame(() => { box.className = "on" })</script>',
        fading('#box.on', '#box'),
      ),
    ],
    [
      'a transition by a class that is set two frames later',
      html(
        '<div id="box"></div><script>requestAnimationFrame(() => requestAnimationFrame(() => { box.className = "on" }))</script>',
        fading('#box.on', '#box'),
      ),
    ],
    [
      'a transition by a class that is set after 100 ms',
      html(
        '<div id="box"></div><script>setTimeout(() => { box.className = "on" }, 100)</script>',
        fading('#box.on', '#box'),
      ),
    ],
    [
      'a script that waits for the end of an animation',
      html(`${box}<script>box.animate([{ opacity: 0 }, { opacity: 1 }], 900).finished.then(() => { ${go} })</script>`),
    ],
    [
      'motion in a shadow tree',
      html(
        `<div id="host"></div><script>
          const root = host.attachShadow({ mode: 'open' });
          root.innerHTML = '<style>@keyframes a { from { background: #f00 } to { background: #0a0 } } div { width: 100vw; height: 100vh; animation: a 60s forwards }</style><div></div>';
        </script>`,
      ),
    ],
    [
      'motion in a closed shadow tree',
      html(
        `<div id="host"></div><script>
          const root = host.attachShadow({ mode: 'closed' });
          root.innerHTML = '<style>div { width: 100vw; height: 100vh; background: #f00; transition: background 1s } .on { background: #0a0 }</style><div></div>';
          setTimeout(() => { root.querySelector('div').className = 'on' }, 100);
        </script>`,
      ),
    ],
    [
      'what a page does when it is idle, and idle again',
      html(`${box}<script>requestIdleCallback(() => requestIdleCallback((idle) => {
        while (idle.timeRemaining() > 0);
        if (!idle.didTimeout) ${go};
      }))</script>`),
    ],
    [
      'a view transition',
      html(`${box}<script>setTimeout(() => document.startViewTransition(() => { ${go} }), 200)</script>`),
    ],
    ['motion in a frame', html(`<iframe src="/frame-moving" style="${filled}"></iframe>`)],
    [
      'a picture that moves by itself',
      html(
        `<svg viewBox="0 0 60 30" preserveAspectRatio="none" style="${filled}"><rect width="60" height="30" fill="#f00"><animate attributeName="fill" to="#0a0" dur="1s" fill="freeze"/></rect></svg>`,
      ),
    ],
    [
      'what an observer of the view reveals',
      html(
        `<div id="box" style="${filled};background:#0a0;opacity:0;transition:opacity .6s"></div>
        <script>new IntersectionObserver(([seen]) => { if (seen.isIntersecting) box.style.opacity = 1 }).observe(box)</script>`,
        '<style>html{background:#f00}</style>',
      ),
    ],
    [
      'an image that is set when it comes into view',
      html(
        `<img id="i" style="${filled}"><script>new IntersectionObserver(() => { i.src = '/picture' }).observe(i)</script>`,
      ),
    ],
    ['a lazy image', html(`<img src="/picture" loading="lazy" style="${filled}"><script></script>`)],
    [
      'an image that is asked for after a while',
      html(`<img id="i" style="${filled}"><script>setTimeout(() => { i.src = '/picture' }, 1200)</script>`),
    ],
    [
      'data that are asked for after a while, and then a while',
      html(
        `${box}<script>setTimeout(async () => { await fetch('/data'); setTimeout(() => { ${go} }, 400) }, 400)</script>`,
      ),
    ],
    [
      'what follows several requests, one after the other',
      html(
        `${box}<script>(async () => { for (let n = 0; n < 4; n++) { await fetch('/data?' + n); await new Promise((r) => setTimeout(r, 300)) } ${go} })()</script>`,
      ),
    ],
    [
      'a preloader that is taken away',
      html(
        `<div style="${filled};background:#0a0"></div><div id="p" style="position:fixed;inset:0;background:#f00;transition:opacity .5s">Loading…</div>
        <script>onload = () => setTimeout(() => { p.style.opacity = 0; p.addEventListener('transitionend', () => p.remove()) }, 800)</script>`,
      ),
    ],
    [
      'what a page does that is never idle',
      html(
        `${box}<script>
          const channel = new MessageChannel();
          channel.port1.onmessage = () => channel.port2.postMessage(0);
          channel.port2.postMessage(0);
          setTimeout(() => { ${go} }, 700);
        </script>`,
      ),
    ],
    [
      'what its idle time is used for',
      html(`${box}<script>setTimeout(() => requestIdleCallback(() => { ${go} }), 300)</script>`),
    ],
  ] as const) {
    it(what, async () => {
      const picture = await draw(page);
      assert.equal(picture.complete, true);
      await assertMiddle(picture, green);
    });
  }
});

describe('what moves for ever', () => {
  for (const [what, script] of [
    [
      'by its frames',
      (go: string) => `requestAnimationFrame(function step(now) { ${go}; requestAnimationFrame(step) })`,
    ],
    ['by a timer', (go: string) => `setInterval(() => { const now = performance.now(); ${go} }, 37)`],
  ] as const) {
    it(`is drawn at the same moment each time: ${what}`, async () => {
      const page = html(
        `<p id="p"></p><img src="/picture"><script>${script('p.textContent = Math.round(now / 100); p.style.marginLeft = Math.round(now / 40) + "px"')}</script>`,
      );
      const drawn = [];
      for (const partition of ['one', 'one', 'two', 'three']) {
        drawn.push((await site.renderer.draw(`${site.origin.url}/page`, page, { partition })).bytes.toString('base64'));
      }
      assert.equal(new Set(drawn).size, 1);
    });
  }
});

describe('the clock of a page', () => {
  it('is right when its script begins, card after card', async () => {
    const page = html(`${box}<script>fetch('/now?' + Date.now())</script>`);
    for (let n = 0; n < 4; n++) {
      site.origin.heard.length = 0;
      const before = Date.now();
      await draw(page);
      const after = Date.now();
      // It is set before the page is asked for, which takes as long as the machine is busy.
      const earliest = before - 1000;
      const now = Number(/^\/now\?(\d+)/.exec(site.origin.heard[0]?.target ?? '')?.[1]);
      assert.ok(now >= earliest && now <= after, `${now} is not between ${earliest} and ${after}`);
    }
  });

  it('begins with the page', async () => {
    for (let n = 0; n < 3; n++) {
      const page = html(`${box}<script>if (performance.now() < 100) ${go}</script>`);
      await assertMiddle(await draw(page), green);
    }
  });
});
