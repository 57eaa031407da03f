import type { Group } from '../page.ts';
import { article, header, html, scripted, story, text } from '../parts.ts';

const never = 'it never comes to rest: any moment of it is right';

/** What moves without an end. */
export const endless: Group = {
  name: 'endless',
  pages: [
    {
      name: 'endless-spinner',
      html: html(`${article}<div class="spin"></div>`, {
        head: '<style>@keyframes s{to{rotate:360deg}}.spin{position:fixed;right:20px;top:14px;width:40px;height:40px;border:5px solid #fff;border-top-color:#fca311;border-radius:50%;animation:s 1s linear infinite}</style>',
      }),
    },
    {
      name: 'endless-marquee',
      html: html(
        `${header}<div style="overflow:hidden"><div class="m">${'News of the day +++ '.repeat(20)}</div></div><main><h1>Below the ticker</h1>${text}${text}</main>`,
        {
          head: '<style>@keyframes m{to{translate:-50%}}.m{white-space:nowrap;width:max-content;background:#fca311;animation:m 20s linear infinite}</style>',
        },
      ),
    },
    {
      name: 'endless-pulse',
      html: html(`${story('<div class="p"></div>')}`, {
        head: '<style>@keyframes p{50%{opacity:.2}}.p{height:300px;background:#2a9d8f;animation:p 2s infinite}</style>',
      }),
    },
    {
      name: 'endless-gradient',
      html: html(story(''), {
        head: '<style>@keyframes g{to{background-position:300% 0}}body{background:linear-gradient(90deg,#fca311,#fff,#2a9d8f,#fca311) 0 0/300%;animation:g 8s linear infinite}</style>',
      }),
    },
    {
      name: 'endless-frames-small',
      html: scripted(
        `${article}<div id="b" style="position:fixed;right:16px;bottom:16px;width:30px;height:30px;background:#e76f51"></div>`,
        `const step = (now) => { b.style.transform = 'translateY(' + Math.sin(now / 300) * 2 + 'px)'; requestAnimationFrame(step) }; requestAnimationFrame(step)`,
      ),
    },
    {
      name: 'endless-frames-large',
      differs: never,
      html: scripted(
        story('<canvas id="c" width="1080" height="340"></canvas>'),
        `const g = c.getContext('2d'); const step = (now) => { g.fillStyle = '#14213d'; g.fillRect(0, 0, 1080, 340); g.fillStyle = '#fca311';
        for (let n = 0; n < 40; n++) g.fillRect((n * 97 + now / 5) % 1080, (n * 53) % 340, 30, 30); requestAnimationFrame(step) }; requestAnimationFrame(step)`,
      ),
    },
    {
      name: 'endless-clock',
      differs: 'it shows the time of day',
      html: scripted(
        story('<div id="t" style="font-size:160px"></div>'),
        `const tick = () => { t.textContent = new Date().toISOString().slice(11, 19) }; tick(); setInterval(tick, 1000)`,
      ),
    },
    {
      name: 'endless-countdown',
      html: scripted(
        story('<div id="t" style="font-size:120px"></div>', 'Until the launch'),
        `const tick = () => { t.textContent = Math.max(0, Math.ceil((Date.UTC(2100, 0) - Date.now()) / 864e5 / 365)) + ' years' }; tick(); setInterval(tick, 500)`,
      ),
    },
    {
      name: 'endless-polling',
      html: scripted(
        article,
        `const poll = async () => { await fetch('words.json?delay=50'); setTimeout(poll, 400) }; poll()`,
      ),
      rest: html(article),
    },
    {
      name: 'endless-timers',
      html: scripted(article, `const again = () => setTimeout(again, 0); again(); setInterval(() => {}, 1)`),
      rest: html(article),
    },
    {
      name: 'endless-microtask-heavy',
      html: scripted(
        article,
        `setInterval(() => { const end = performance.now() + 12; while (performance.now() < end); }, 25)`,
      ),
      rest: html(article),
    },
    {
      name: 'endless-carousel',
      differs: never,
      html: scripted(
        story(`<img id="i" class="hero" src="photo.svg?n=1" alt="">`),
        `let n = 1; setInterval(() => { i.src = 'photo.svg?n=' + (n++ % 4 + 1) }, 1500)`,
      ),
    },
    {
      name: 'endless-carousel-slow',
      html: scripted(
        story(`<img id="i" class="hero" src="photo.svg?n=1" alt="">`),
        `let n = 1; setInterval(() => { i.src = 'photo.svg?n=' + (n++ % 4 + 1) }, 20000)`,
      ),
    },
    {
      name: 'endless-svg-smil',
      html: html(
        `${article}<svg width="60" height="60" style="position:fixed;right:10px;bottom:10px"><circle cx="30" cy="30" r="10" fill="#e76f51"><animate attributeName="r" values="10;12;10" dur="1s" repeatCount="indefinite"/></circle></svg>`,
      ),
    },
    {
      name: 'endless-caret',
      html: html(`${story('<input autofocus value="A field with the focus" style="font-size:40px;width:100%">')}`),
    },
  ],
};
