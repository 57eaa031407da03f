import type { Group } from '../../page.ts';
import { boxes, story } from '../../parts.ts';
import { using } from './with.ts';

const block = story('<div id="a" style="width:300px;height:300px;background:#e76f51"></div>');
const number = story('<div id="n" style="font-size:200px;font-weight:700">0</div>', 'Visitors this year');
// A square that travels and turns for two seconds, as an editor exports it.
const lottie = JSON.stringify({
  v: '5.7.0',
  fr: 30,
  ip: 0,
  op: 60,
  w: 1080,
  h: 340,
  layers: [
    {
      ty: 4,
      ip: 0,
      op: 90,
      st: 0,
      ks: {
        o: { a: 0, k: 100 },
        r: {
          a: 1,
          k: [
            { t: 0, s: [0], i: { x: [0.5], y: [1] }, o: { x: [0.5], y: [0] } },
            { t: 59, s: [405] },
          ],
        },
        p: {
          a: 1,
          k: [
            { t: 0, s: [100, 170, 0], i: { x: 0.5, y: 1 }, o: { x: 0.5, y: 0 } },
            { t: 59, s: [900, 170, 0] },
          ],
        },
        a: { a: 0, k: [0, 0, 0] },
        s: { a: 0, k: [100, 100, 100] },
      },
      shapes: [
        {
          ty: 'gr',
          it: [
            { ty: 'rc', p: { a: 0, k: [0, 0] }, s: { a: 0, k: [200, 200] }, r: { a: 0, k: 20 } },
            { ty: 'fl', c: { a: 0, k: [0.16, 0.61, 0.56, 1] }, o: { a: 0, k: 100 } },
            {
              ty: 'tr',
              p: { a: 0, k: [0, 0] },
              a: { a: 0, k: [0, 0] },
              s: { a: 0, k: [100, 100] },
              r: { a: 0, k: 0 },
              o: { a: 0, k: 100 },
            },
          ],
        },
      ],
    },
  ],
});

/** Libraries that move things. */
export const animation: Group = {
  name: 'animation',
  pages: [
    {
      name: 'anime-move',
      html: using(
        { js: ['animejs/dist/bundles/anime.umd.min.js'] },
        block,
        `anime.animate('#a', { x: 700, rotate: 180, backgroundColor: '#2a9d8f', duration: 1500, ease: 'outExpo' })`,
      ),
    },
    {
      name: 'anime-stagger',
      html: using(
        { js: ['animejs/dist/bundles/anime.umd.min.js'] },
        story(boxes()),
        `anime.animate('.box', { opacity: [0, 1], y: [80, 0], delay: anime.stagger(200), duration: 700 })`,
      ),
    },
    {
      name: 'motion-move',
      html: using(
        { js: ['motion/dist/motion.js'] },
        block,
        `Motion.animate('#a', { x: 700, borderRadius: '50%' }, { duration: 1.2 })`,
      ),
    },
    {
      name: 'motion-spring-and-number',
      html: using(
        { js: ['motion/dist/motion.js'] },
        number,
        `Motion.animate(0, 98765, { duration: 1.5, onUpdate: (value) => { n.textContent = Math.round(value).toLocaleString('en') } })`,
      ),
    },
    {
      name: 'motion-in-view',
      html: using(
        { js: ['motion/dist/motion.js'], head: '<style>.box{opacity:0}</style>' },
        story(boxes()),
        `Motion.inView('.box', (box) => { Motion.animate(box, { opacity: 1, y: [60, 0] }, { type: 'spring', duration: .9 }) })`,
      ),
    },
    {
      name: 'lottie-once',
      html: using(
        { js: ['lottie-web/build/player/lottie.min.js'] },
        story('<div id="a"></div>'),
        `lottie.loadAnimation({ container: a, path: 'film.json', loop: false })`,
      ),
      routes: { 'film.json': { body: lottie, type: 'application/json', delay: 100 } },
    },
    {
      name: 'countup',
      html: using({ js: ['countup.js/dist/countUp.umd.js'] }, number, `new countUp.CountUp('n', 98765).start()`),
    },
    {
      name: 'typed',
      html: using(
        { js: ['typed.js/dist/typed.umd.js'] },
        story('<h1 style="font-size:80px"><span id="t"></span></h1>', 'We build'),
        `new Typed('#t', { strings: ['Houses by the sea'], typeSpeed: 60, showCursor: false })`,
      ),
    },
    {
      name: 'jquery-fade-in',
      html: using(
        { js: ['jquery/dist/jquery.min.js'] },
        story(`<div id="a" style="display:none">${boxes()}</div>`),
        `$('#a').fadeIn(1200)`,
      ),
    },
    {
      name: 'jquery-slide-and-animate',
      html: using(
        { js: ['jquery/dist/jquery.min.js'] },
        block,
        `$(() => $('#a').animate({ width: '100%' }, 800).delay(300).animate({ height: '340px', opacity: .6 }, 600))`,
      ),
    },
    {
      name: 'jquery-ajax-then-fade',
      html: using(
        { js: ['jquery/dist/jquery.min.js'] },
        story('<ul id="list" style="display:none;font-size:30px"></ul>'),
        `$.getJSON('words.json?delay=300', ({ items }) => $('#list').append(items.map((item) => $('<li>').text(item))).slideDown(800))`,
      ),
    },
    {
      name: 'aos-fade-up',
      html: using(
        { css: ['aos/dist/aos.css'], js: ['aos/dist/aos.js'] },
        story(
          boxes([
            'data-aos="fade-up"',
            'data-aos="fade-up" data-aos-delay="200"',
            'data-aos="zoom-in" data-aos-delay="400"',
          ]),
        ),
        'AOS.init({ duration: 800 })',
      ),
    },
    {
      name: 'velocity',
      html: using(
        { js: ['velocity-animate/velocity.min.js'] },
        block,
        `Velocity(document.getElementById('a'), { width: '1000px', opacity: .5 }, { duration: 1000 })`,
      ),
    },
    {
      name: 'splitting-letters',
      html: using(
        {
          css: ['splitting/dist/splitting.css'],
          js: ['splitting/dist/splitting.min.js'],
          head: '<style>@keyframes up{from{transform:translateY(1em);opacity:0}}.char{animation:up .6s calc(var(--char-index)*60ms) both}</style>',
        },
        story('<h1 data-splitting style="font-size:90px">Letter by letter</h1>'),
        'Splitting()',
      ),
    },
    {
      name: 'auto-animate-list',
      html: using(
        { isModule: true },
        story('<div id="list"><div class="box">One</div></div>'),
        `import autoAnimate from './npm/@formkit/auto-animate/index.mjs'; autoAnimate(list); setTimeout(() => list.insertAdjacentHTML('afterbegin', '<div class="box">Two</div>'), 200); setTimeout(() => list.insertAdjacentHTML('beforeend', '<div class="box">Three</div>'), 600)`,
      ),
    },
    {
      name: 'confetti',
      html: using(
        { js: ['canvas-confetti/dist/confetti.browser.js'] },
        story(boxes()),
        `confetti({ particleCount: 80, ticks: 60 })`,
      ),
    },
    {
      name: 'nprogress',
      html: using(
        { css: ['nprogress/nprogress.css'], js: ['nprogress/nprogress.js'] },
        story('<div id="a"></div>'),
        `NProgress.start(); fetch('words.json?delay=500').then((x) => x.json()).then(({ title }) => { a.innerHTML = '<h1>' + title; NProgress.done() })`,
      ),
    },
    {
      name: 'number-flow',
      html: `${using(
        {},
        story('<number-flow style="font-size:160px;--number-flow-char-height:.85em"></number-flow>', 'Visitors'),
        '',
      )}<script type="module" src="bundle.js"></script>`,
      bundle: `import 'number-flow'; const flow = document.querySelector('number-flow'); flow.update(123); setTimeout(() => flow.update(98765), 200)`,
    },
    {
      name: 'lenis-smooth-scroll',
      html: using(
        { css: ['lenis/dist/lenis.css'], js: ['lenis/dist/lenis.min.js'] },
        `<div style="height:900px;background:#fde"></div><div id="goal">${story(boxes())}</div><div style="height:900px"></div>`,
        `const lenis = new Lenis({ autoRaf: true }); setTimeout(() => lenis.scrollTo('#goal', { duration: 1 }), 100)`,
      ),
    },
    {
      name: 'three-cube',
      html: using(
        { isModule: true },
        story('<div id="a"></div>'),
        `import * as THREE from './npm/three/build/three.module.js'; const scene = new THREE.Scene(), camera = new THREE.PerspectiveCamera(50, 1080 / 340, .1, 100), renderer = new THREE.WebGLRenderer({ antialias: true });
        renderer.setSize(1080, 340); a.append(renderer.domElement); camera.position.z = 4; const cube = new THREE.Mesh(new THREE.BoxGeometry(2, 2, 2), new THREE.MeshNormalMaterial()); cube.rotation.set(.5, .7, 0); scene.add(cube); renderer.render(scene, camera)`,
      ),
    },
    {
      name: 'pixi-still',
      html: using(
        { js: ['pixi.js/dist/pixi.min.js'] },
        story('<div id="a"></div>'),
        `(async () => { const app = new PIXI.Application(); await app.init({ width: 1080, height: 340, background: '#264653' }); a.append(app.canvas); app.stage.addChild(new PIXI.Graphics().circle(540, 170, 140).fill('#fca311')) })()`,
      ),
    },
  ],
};
