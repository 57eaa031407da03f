import type { Group } from '../../page.ts';
import { article, boxes, story } from '../../parts.ts';
import { stage, using } from './with.ts';

const pdf =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 540 215]/Contents 4 0 R>>endobj 4 0 obj<</Length 58>>stream\n.9 .44 .32 rg 20 20 240 175 re f .16 .62 .56 rg 280 20 240 175 re f\nendstream endobj\ntrailer<</Root 1 0 R>>';

/** Calendars, grids, sliders, drawings by hand; and other parts of libraries that have a page elsewhere. */
export const tools: Group = {
  name: 'tools',
  pages: [
    {
      name: 'fullcalendar-month',
      html: using(
        { js: ['@fullcalendar/core/index.global.min.js', '@fullcalendar/daygrid/index.global.min.js'] },
        '<div id="stage" style="padding:20px"></div>',
        `new FullCalendar.Calendar(stage, { initialView: 'dayGridMonth', initialDate: '2026-03-01', now: '2026-03-12', height: 590, events: (_, done) => fetch('words.json?delay=200').then((a) => a.json()).then(({ items }) => done(items.map((title, n) => ({ title, start: '2026-03-' + String(2 * n + 3).padStart(2, '0') })))) }).render()`,
      ),
    },
    {
      name: 'ag-grid-rows',
      html: using(
        { js: ['ag-grid-community/dist/ag-grid-community.min.js'] },
        stage,
        `agGrid.createGrid(stage, { columnDefs: [{ field: 'word', flex: 1 }, { field: 'length', width: 200, sort: 'desc' }], onGridReady: async ({ api }) => { const { items } = await (await fetch('words.json?delay=250')).json(); api.setGridOption('rowData', items.map((word) => ({ word, length: word.length }))) } })`,
      ),
    },
    {
      name: 'unocss-in-browser',
      html: using(
        { js: ['@unocss/runtime/uno.global.js'], head: '<style>[un-cloak]{display:none}</style>' },
        '<div un-cloak class="p-10 bg-sky-900 text-white h-screen"><h1 class="text-6xl font-bold mb-8">Classes of use</h1><div class="grid grid-cols-3 gap-6"><div class="bg-amber-400 rounded-xl p-8 text-black">One</div><div class="bg-teal-500 rounded-xl p-8">Two</div><div class="bg-rose-500 rounded-xl p-8">Three</div></div></div>',
      ),
    },
    {
      name: 'preact-signals',
      html: `${story('<h1 id="n">0</h1><div id="list"></div>')}<script type="module" src="bundle.js"></script>`,
      bundle: `import { signal, computed, effect } from '@preact/signals-core'; const n = signal(0); const square = computed(() => n.value ** 2); effect(() => { document.querySelector('#n').textContent = n.value + ' squared is ' + square.value; document.querySelector('#list').innerHTML = '<div style="width:40px;height:40px;margin:4px;background:#2a9d8f;display:inline-block"></div>'.repeat(n.value) }); const timer = setInterval(() => { if (++n.value === 8) clearInterval(timer) }, 120)`,
    },
    {
      name: 'animate-css',
      html: using(
        { css: ['animate.css/animate.min.css'] },
        story(
          boxes([
            'class="box animate__animated animate__fadeInUp"',
            'class="box animate__animated animate__backInLeft animate__delay-1s"',
            'class="box animate__animated animate__bounceInRight animate__delay-2s"',
          ]),
        ),
      ),
    },
    {
      name: 'roughjs',
      html: using(
        { js: ['roughjs/bundled/rough.js'] },
        '<main><svg id="stage" width="1080" height="560"></svg></main>',
        `const draw = rough.svg(stage, { options: { seed: 7 } }); stage.append(draw.rectangle(20, 20, 460, 400, { fill: '#fca311', roughness: 2 }), draw.circle(800, 240, 380, { fill: '#2a9d8f', fillStyle: 'cross-hatch' }))`,
      ),
    },
    {
      name: 'rough-notation',
      html: using(
        { js: ['rough-notation/lib/rough-notation.iife.js'] },
        article,
        `const mark = RoughNotation.annotate(document.querySelector('h1'), { type: 'box', color: '#e63946', strokeWidth: 6, iterations: 1 }); setTimeout(() => mark.show(), 300)`,
      ),
      differs: 'it draws lines by chance',
    },
    {
      name: 'matter-falling-box',
      html: using(
        { js: ['matter-js/build/matter.min.js'] },
        '<main><canvas id="stage" width="1080" height="560"></canvas></main>',
        `const { Engine, Runner, Render, Bodies, Composite } = Matter; const engine = Engine.create(); const render = Render.create({ canvas: stage, engine, options: { width: 1080, height: 560, wireframes: false, background: '#fff' } });
        Composite.add(engine.world, [Bodies.rectangle(540, 60, 200, 200, { render: { fillStyle: '#e76f51' } }), Bodies.rectangle(540, 540, 1080, 40, { isStatic: true, render: { fillStyle: '#14213d' } })]); Render.run(render); Runner.run(Runner.create(), engine)`,
      ),
    },
    {
      name: 'konva-tween',
      html: using(
        { js: ['konva/konva.min.js'] },
        stage,
        `const all = new Konva.Stage({ container: 'stage', width: 1080, height: 430 }); const layer = new Konva.Layer(); all.add(layer); const star = new Konva.Star({ x: 100, y: 215, numPoints: 5, innerRadius: 60, outerRadius: 140, fill: '#fca311' }); layer.add(star); star.to({ x: 900, rotation: 90, fill: '#2a9d8f', duration: 1.2 })`,
      ),
    },
    {
      name: 'nouislider',
      html: using(
        { css: ['nouislider/dist/nouislider.css'], js: ['nouislider/dist/nouislider.min.js'] },
        story('<div id="stage" style="margin:120px 40px"></div>'),
        `noUiSlider.create(stage, { start: [20, 70], connect: true, tooltips: true, range: { min: 0, max: 100 }, pips: { mode: 'steps', density: 5 } }); setTimeout(() => stage.noUiSlider.set([40, 90]), 400)`,
      ),
    },
    {
      name: 'sortable-animated',
      html: using(
        { js: ['sortablejs/Sortable.min.js'] },
        story(
          '<div id="stage">' +
            ['a', 'b', 'c', 'd'].map((id) => `<div class="box" data-id="${id}">${id}</div>`).join('') +
            '</div>',
        ),
        `const list = Sortable.create(stage, { animation: 600 }); setTimeout(() => list.sort(['d', 'b', 'c', 'a'], true), 250)`,
      ),
    },
    {
      name: 'pdf-page',
      html: using(
        { isModule: true },
        '<main><canvas id="stage" style="width:1080px;height:430px"></canvas></main>',
        `import * as pdf from './npm/pdfjs-dist/build/pdf.mjs'; pdf.GlobalWorkerOptions.workerSrc = 'npm/pdfjs-dist/build/pdf.worker.mjs'; const page = await (await pdf.getDocument({ data: new TextEncoder().encode(${JSON.stringify(pdf)}) }).promise).getPage(1); const viewport = page.getViewport({ scale: 4 }); stage.width = viewport.width; stage.height = viewport.height; await page.render({ canvasContext: stage.getContext('2d'), viewport }).promise`,
      ),
    },
    {
      name: 'echarts-gauge',
      html: using(
        { js: ['echarts/dist/echarts.min.js'] },
        stage,
        `echarts.init(stage).setOption({ series: [{ type: 'gauge', data: [{ value: 72, name: 'Full' }], detail: { valueAnimation: true } }] })`,
      ),
    },
    {
      name: 'echarts-treemap',
      html: using(
        { js: ['echarts/dist/echarts.min.js'] },
        stage,
        `const chart = echarts.init(stage); chart.showLoading(); fetch('words.json?delay=300').then((a) => a.json()).then(({ items }) => { chart.hideLoading(); chart.setOption({ series: [{ type: 'treemap', data: items.map((name, n) => ({ name, value: n + 3 })) }] }) })`,
      ),
    },
    {
      name: 'chartjs-radar-updated',
      html: using(
        { js: ['chart.js/dist/chart.umd.min.js'] },
        '<main><canvas id="stage" width="1080" height="560"></canvas></main>',
        `const chart = new Chart(stage, { type: 'radar', data: { labels: ['a', 'b', 'c', 'd', 'e'], datasets: [{ label: 'One', data: [3, 5, 2, 4, 1] }] }, options: { responsive: false } }); setTimeout(() => { chart.data.datasets[0].data = [5, 2, 4, 1, 5]; chart.update() }, 500)`,
      ),
    },
    {
      name: 'mermaid-pie',
      html: using(
        { js: ['mermaid/dist/mermaid.min.js'] },
        '<main><pre class="mermaid">pie title Pets\n "Dogs" : 386\n "Cats" : 85\n "Rats" : 15</pre></main>',
      ),
    },
    {
      name: 'mermaid-gantt',
      html: using(
        { js: ['mermaid/dist/mermaid.min.js'] },
        '<main><pre class="mermaid">gantt\n dateFormat YYYY-MM-DD\n section Build\n Frame :a1, 2026-01-01, 30d\n Roof :after a1, 20d\n section Sell\n Open :2026-02-10, 12d</pre></main>',
        'mermaid.initialize({ startOnLoad: false, gantt: { todayMarker: "off" } }); mermaid.run()',
      ),
    },
    {
      name: 'turbo-stream-morph',
      html: using(
        { js: ['@hotwired/turbo/dist/turbo.es2017-umd.js'] },
        story('<div id="news" class="box">Old news</div>'),
        `setTimeout(async () => { const { title } = await (await fetch('words.json?delay=150')).json(); Turbo.renderStreamMessage('<turbo-stream action="replace" method="morph" target="news"><template><div id="news" class="box"><h2>' + title + '</h2></div></template></turbo-stream>') }, 200)`,
      ),
    },
    {
      name: 'swiper-cards',
      html: using(
        { css: ['swiper/swiper-bundle.css'], js: ['swiper/swiper-bundle.js'] },
        `<main><div class="swiper" style="width:420px;height:500px"><div class="swiper-wrapper">${[1, 2, 3].map((n) => `<div class="swiper-slide"><img src="photo.svg?n=${n}" alt="" style="width:100%;height:100%;object-fit:cover"></div>`).join('')}</div></div></main>`,
        `const swiper = new Swiper('.swiper', { effect: 'cards', grabCursor: true }); setTimeout(() => swiper.slideNext(700), 200)`,
      ),
    },
    {
      name: 'shoelace-tabs-and-details',
      html: using(
        {
          css: ['@shoelace-style/shoelace/cdn/themes/light.css'],
          head: '<script type="module" src="npm/@shoelace-style/shoelace/cdn/shoelace.js"></script>',
        },
        '<main><h1>Tabs</h1><sl-tab-group><sl-tab slot="nav" panel="a">First</sl-tab><sl-tab slot="nav" panel="b">Second</sl-tab><sl-tab-panel name="a">The first panel</sl-tab-panel><sl-tab-panel name="b">The second panel</sl-tab-panel></sl-tab-group><sl-details id="d" summary="Open by script">Something that was folded</sl-details><sl-rating value="3"></sl-rating></main>',
        `addEventListener('load', () => setTimeout(() => d.show(), 300))`,
      ),
    },
    {
      name: 'd3-zoom-to',
      html: using(
        { js: ['d3/dist/d3.min.js'] },
        '<main><svg id="stage" width="1080" height="560"></svg></main>',
        `const svg = d3.select(stage), g = svg.append('g'); g.selectAll('circle').data(d3.range(60)).join('circle').attr('cx', (n) => (n * 173) % 1080).attr('cy', (n) => (n * 97) % 560).attr('r', 18).attr('fill', (n) => d3.interpolateTurbo(n / 60)); const zoom = d3.zoom().on('zoom', ({ transform }) => g.attr('transform', transform)); svg.call(zoom).transition().delay(200).duration(1000).call(zoom.scaleTo, 2.5)`,
      ),
    },
    {
      name: 'lit-until-data',
      html: `${story('<words-list></words-list>')}<script type="module" src="bundle.js"></script>`,
      bundle: `import { LitElement, html, css } from 'lit'; import { until } from 'lit/directives/until.js'; customElements.define('words-list', class extends LitElement { static styles = css\`li{font-size:26px;color:#e76f51}\`; render() { return html\`\${until(fetch('words.json?delay=400').then((a) => a.json()).then(({ items }) => html\`<ul>\${items.map((item) => html\`<li>\${item}</li>\`)}</ul>\`), html\`Loading…\`)}\` } })`,
    },
    {
      name: 'three-textured',
      html: `<div id="stage"></div><script type="module" src="bundle.js"></script>`,
      bundle: `import * as THREE from 'three'; const renderer = new THREE.WebGLRenderer({ antialias: false }); renderer.setSize(1200, 630); document.querySelector('#stage').append(renderer.domElement); const scene = new THREE.Scene(); scene.background = new THREE.Color('#14213d'); const camera = new THREE.PerspectiveCamera(50, 1200 / 630, .1, 10); camera.position.z = 3; new THREE.TextureLoader().load('photo.png?n=2&delay=200', (map) => { map.colorSpace = THREE.SRGBColorSpace; scene.add(new THREE.Mesh(new THREE.PlaneGeometry(3, 1.7), new THREE.MeshBasicMaterial({ map }))); renderer.render(scene, camera) })`,
    },
    {
      name: 'cytoscape-circle-animated',
      html: using(
        { js: ['cytoscape/dist/cytoscape.min.js'] },
        stage,
        `const cy = cytoscape({ container: stage, elements: [...Array.from({ length: 8 }, (_, n) => ({ data: { id: 'n' + n } })), ...Array.from({ length: 8 }, (_, n) => ({ data: { source: 'n' + n, target: 'n' + ((n + 3) % 8) } }))], layout: { name: 'grid' } }); setTimeout(() => cy.layout({ name: 'circle', animate: true, animationDuration: 800 }).run(), 200)`,
      ),
    },
  ],
};
