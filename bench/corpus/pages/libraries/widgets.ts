import type { Group } from '../../page.ts';
import { boxes, story } from '../../parts.ts';
import { using } from './with.ts';

const code = `const sum = (numbers) => {\n  // adds them all\n  let total = 0;\n  for (const number of numbers) total += number;\n  return \`The sum is \${total}\`;\n};\n\nconsole.log(sum([1, 2, 3]));`;
const block = (attributes: string) =>
  `<main><h1>Some code</h1><pre style="font-size:24px"><code ${attributes}>${code.replaceAll('<', '&lt;')}</code></pre></main>`;

// Its fonts come from elsewhere, unless it is told.
const mathjax = (file: string) =>
  `<script>MathJax = { loader: { paths: { fonts: new URL('npm/@mathjax', location).href } } }</script><script async src="npm/mathjax/${file}"></script>`;

/** Maps, maths, diagrams, code, editors, players, tables, banners. */
export const widgets: Group = {
  name: 'widgets',
  pages: [
    {
      name: 'leaflet',
      html: using(
        { css: ['leaflet/dist/leaflet.css'], js: ['leaflet/dist/leaflet.js'] },
        '<div id="map" style="height:100vh"></div>',
        `const map = L.map('map').setView([47.4, 8.5], 9); L.tileLayer('tile.svg?at={z}-{x}-{y}&delay=120').addTo(map); L.marker([47.4, 8.5], { icon: L.divIcon({ className: '', html: '<div style="width:30px;height:30px;border-radius:50%;background:#e63946"></div>' }) }).addTo(map).bindPopup('<b>Here</b>').openPopup()`,
      ),
    },
    {
      name: 'leaflet-fly-to',
      html: using(
        { css: ['leaflet/dist/leaflet.css'], js: ['leaflet/dist/leaflet.js'] },
        '<div id="map" style="height:100vh"></div>',
        `const map = L.map('map').setView([47.4, 8.5], 7); L.tileLayer('tile.svg?at={z}-{x}-{y}').addTo(map); setTimeout(() => map.flyTo([46.2, 6.1], 9, { duration: 1 }), 200)`,
      ),
    },
    {
      name: 'maplibre-raster',
      html: using(
        { css: ['maplibre-gl/dist/maplibre-gl.css'], isModule: true },
        '<div id="map" style="height:100vh"></div>',
        `import * as maplibregl from './npm/maplibre-gl/dist/maplibre-gl.mjs'; new maplibregl.Map({ container: 'map', center: [8.5, 47.4], zoom: 8, style: { version: 8, sources: { t: { type: 'raster', tileSize: 256, tiles: [new URL('tile.png?at={z}-{x}-{y}', location).href.replaceAll('%7B', '{').replaceAll('%7D', '}')] }, area: { type: 'geojson', data: { type: 'Polygon', coordinates: [[[8, 47], [9, 47], [8.5, 48], [8, 47]]] } } }, layers: [{ id: 't', type: 'raster', source: 't' }, { id: 'a', type: 'fill', source: 'area', paint: { 'fill-color': '#e63946', 'fill-opacity': .5 } }] } })`,
      ),
    },
    {
      name: 'openlayers',
      html: `${using({ css: ['ol/ol.css'] }, '<div id="map" style="height:100vh"></div>')}<script type="module" src="bundle.js"></script>`,
      bundle: `import Map from 'ol/Map.js'; import View from 'ol/View.js'; import TileLayer from 'ol/layer/Tile.js'; import XYZ from 'ol/source/XYZ.js'; new Map({ target: 'map', layers: [new TileLayer({ source: new XYZ({ url: 'tile.svg?at={z}-{x}-{y}' }) })], view: new View({ center: [946000, 6000000], zoom: 8 }) })`,
    },
    {
      name: 'katex-auto',
      html: using(
        { css: ['katex/dist/katex.min.css'], js: ['katex/dist/katex.min.js', 'katex/dist/contrib/auto-render.min.js'] },
        '<main style="font-size:34px"><h1>Maths</h1><p>$$\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}$$</p><p>$$\\begin{pmatrix}a & b\\\\ c & d\\end{pmatrix}^{-1} = \\frac{1}{ad-bc}\\begin{pmatrix}d & -b\\\\ -c & a\\end{pmatrix}$$</p></main>',
        'renderMathInElement(document.body)',
      ),
    },
    {
      name: 'mathjax-svg',
      html: using(
        { head: mathjax('tex-svg.js') },
        '<main style="font-size:34px"><h1>Maths</h1><p>\\[\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}\\]</p></main>',
      ),
    },
    {
      name: 'mathjax-chtml',
      html: using(
        { head: mathjax('tex-chtml.js') },
        '<main style="font-size:34px"><h1>Maths</h1><p>\\[x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}\\]</p></main>',
      ),
    },
    {
      name: 'mermaid-flow',
      html: using(
        { js: ['mermaid/dist/mermaid.min.js'] },
        '<main><h1>Flow</h1><pre class="mermaid">flowchart LR\n A[Crawler] --> B{Fresh?}\n B -- yes --> C[Serve]\n B -- no --> D[Render] --> C</pre></main>',
        'mermaid.initialize({ startOnLoad: true })',
      ),
    },
    {
      name: 'mermaid-sequence',
      html: using(
        { js: ['mermaid/dist/mermaid.min.js'] },
        '<main><pre class="mermaid">sequenceDiagram\n Anna->>Ben: Hello\n Ben-->>Anna: Hello!\n Note over Anna,Ben: They met</pre></main>',
        'mermaid.initialize({ startOnLoad: true })',
      ),
    },
    {
      name: 'cytoscape-grid',
      html: using(
        { js: ['cytoscape/dist/cytoscape.min.js'] },
        '<div id="g" style="height:100vh"></div>',
        `cytoscape({ container: g, elements: [...Array.from({ length: 12 }, (_, n) => ({ data: { id: 'n' + n } })), ...Array.from({ length: 11 }, (_, n) => ({ data: { source: 'n' + n, target: 'n' + (n + 1) } }))], layout: { name: 'circle', animate: true, animationDuration: 1000 }, style: [{ selector: 'node', style: { label: 'data(id)', 'background-color': '#2a9d8f' } }] })`,
      ),
    },
    {
      name: 'vis-network',
      html: using(
        { js: ['vis-network/standalone/umd/vis-network.min.js'] },
        '<div id="g" style="height:100vh"></div>',
        `new vis.Network(g, { nodes: new vis.DataSet(Array.from({ length: 9 }, (_, id) => ({ id, label: 'Node ' + id }))), edges: new vis.DataSet(Array.from({ length: 8 }, (_, n) => ({ id: n, from: 0, to: n + 1 }))) }, { layout: { randomSeed: 7 } })`,
      ),
    },
    {
      name: 'prism',
      html: using(
        { css: ['prismjs/themes/prism-okaidia.min.css'], js: ['prismjs/prism.js'] },
        block('class="language-javascript"'),
      ),
    },
    {
      name: 'highlight-module',
      html: `${using({ css: ['highlight.js/styles/github-dark.min.css'] }, block('class="language-javascript"'))}<script type="module" src="bundle.js"></script>`,
      bundle: `import hljs from 'highlight.js/lib/core'; import javascript from 'highlight.js/lib/languages/javascript'; hljs.registerLanguage('javascript', javascript); hljs.highlightAll()`,
    },
    {
      name: 'quill',
      html: using(
        { css: ['quill/dist/quill.snow.css'], js: ['quill/dist/quill.js'] },
        '<main><div id="e" style="height:380px"><h2>A title</h2><p>Some <strong>bold</strong> text</p><ul><li>one</li></ul></div></main>',
        `new Quill('#e', { theme: 'snow' })`,
      ),
    },
    {
      name: 'codemirror',
      html: using(
        {
          css: ['codemirror/lib/codemirror.css', 'codemirror/theme/dracula.css'],
          js: ['codemirror/lib/codemirror.js', 'codemirror/mode/javascript/javascript.js'],
        },
        '<main id="e" style="font-size:24px"></main>',
        `CodeMirror(e, { value: ${JSON.stringify(code)}, lineNumbers: true, theme: 'dracula', mode: 'javascript' })`,
      ),
    },
    {
      name: 'ace',
      html: using(
        { js: ['ace-builds/src-min-noconflict/ace.js'] },
        `<div id="e" style="height:500px;font-size:24px"></div>`,
        `const editor = ace.edit('e', { mode: 'ace/mode/javascript', theme: 'ace/theme/monokai', value: ${JSON.stringify(code)} }); editor.clearSelection()`,
      ),
    },
    {
      name: 'trix',
      html: using(
        { css: ['trix/dist/trix.css'], js: ['trix/dist/trix.umd.min.js'] },
        '<main><input id="x" type="hidden" value="&lt;h1&gt;A title&lt;/h1&gt;&lt;div&gt;Some text&lt;/div&gt;"><trix-editor input="x"></trix-editor></main>',
      ),
    },
    {
      name: 'plyr',
      html: using(
        { css: ['plyr/dist/plyr.css'], js: ['plyr/dist/plyr.min.js'] },
        '<main><video id="v" poster="photo.jpg?n=2" preload="none"><source src="film.mp4" type="video/mp4"></video></main>',
        `new Plyr('#v', { iconUrl: 'npm/plyr/dist/plyr.svg', ratio: '16:8' })`,
      ),
    },
    {
      name: 'videojs',
      html: using(
        { css: ['video.js/dist/video-js.min.css'], js: ['video.js/dist/video.min.js'] },
        '<main><video id="v" class="video-js vjs-big-play-centered" controls preload="none" width="1000" height="500" poster="photo.jpg?n=4"></video></main>',
        `videojs('v')`,
      ),
    },
    {
      name: 'asciinema',
      html: using(
        {
          css: ['asciinema-player/dist/bundle/asciinema-player.css'],
          js: ['asciinema-player/dist/bundle/asciinema-player.min.js'],
        },
        '<main id="a"></main>',
        `AsciinemaPlayer.create({ data: '{"version":2,"width":60,"height":10}\\n[0.1,"o","$ npm start\\\\r\\\\n"]\\n[0.6,"o","ready\\\\r\\\\n"]' }, a, { poster: 'npt:1', fit: 'width' })`,
      ),
    },
    {
      name: 'tabulator',
      html: using(
        { css: ['tabulator-tables/dist/css/tabulator.min.css'], js: ['tabulator-tables/dist/js/tabulator.min.js'] },
        '<main id="t"></main>',
        `new Tabulator('#t', { height: 480, layout: 'fitColumns', data: Array.from({ length: 300 }, (_, id) => ({ id, name: 'Row ' + id, value: (id * 37) % 101 })), columns: [{ title: 'Id', field: 'id' }, { title: 'Name', field: 'name' }, { title: 'Value', field: 'value', formatter: 'progress' }] })`,
      ),
    },
    {
      name: 'gridjs',
      html: using(
        { css: ['gridjs/dist/theme/mermaid.min.css'], js: ['gridjs/dist/gridjs.umd.js'] },
        '<main id="t"></main>',
        `new gridjs.Grid({ columns: ['Name', 'Length'], search: true, pagination: { limit: 6 }, server: { url: 'words.json?delay=300', then: ({ items }) => items.map((item) => [item, item.length]) } }).render(t)`,
      ),
    },
    {
      name: 'datatables',
      html: using(
        { js: ['jquery/dist/jquery.min.js', 'datatables.net/js/dataTables.min.js'] },
        `<main><table id="t"><thead><tr><th>Name<th>Value</tr></thead><tbody>${Array.from({ length: 50 }, (_, n) => `<tr><td>Row ${n}<td>${(n * 37) % 101}</tr>`).join('')}</tbody></table></main>`,
        `new DataTable('#t')`,
      ),
    },
    {
      name: 'flatpickr-open',
      html: using(
        { css: ['flatpickr/dist/flatpickr.min.css'], js: ['flatpickr/dist/flatpickr.min.js'] },
        story('<input id="d" style="font-size:30px">'),
        `flatpickr('#d', { inline: true, defaultDate: '2024-03-09', now: '2024-03-09' })`,
      ),
    },
    {
      name: 'choices',
      html: using(
        {
          css: ['choices.js/public/assets/styles/choices.min.css'],
          js: ['choices.js/public/assets/scripts/choices.min.js'],
        },
        story(
          '<select id="s" multiple><option selected>One</option><option selected>Two</option><option>Three</option></select>',
        ),
        `new Choices('#s', { removeItemButton: true })`,
      ),
    },
    {
      name: 'tippy-shown',
      html: using(
        {
          css: ['tippy.js/dist/tippy.css'],
          js: ['@popperjs/core/dist/umd/popper.min.js', 'tippy.js/dist/tippy-bundle.umd.min.js'],
        },
        story('<button id="b" style="margin:100px 300px">Button</button>'),
        `tippy('#b', { content: 'A tip that is shown', showOnCreate: true, hideOnClick: false, trigger: 'manual' })`,
      ),
    },
    {
      name: 'sweetalert',
      html: using(
        { js: ['sweetalert2/dist/sweetalert2.all.min.js'] },
        story(boxes()),
        `Swal.fire({ title: 'Well done', text: 'It is saved', icon: 'success' })`,
      ),
    },
    {
      name: 'driver-tour',
      html: using(
        { css: ['driver.js/dist/driver.css'], js: ['driver.js/dist/driver.js.iife.js'] },
        story(boxes()),
        `window.driver.js.driver().highlight({ element: '.box:nth-child(2)', popover: { title: 'Look here', description: 'The second box' } })`,
      ),
    },
    {
      name: 'cookieconsent',
      html: using(
        {
          css: ['vanilla-cookieconsent/dist/cookieconsent.css'],
          js: ['vanilla-cookieconsent/dist/cookieconsent.umd.js'],
        },
        story(boxes()),
        `CookieConsent.run({ hideFromBots: false, categories: { necessary: { enabled: true, readOnly: true }, analytics: {} }, language: { default: 'en', translations: { en: { consentModal: { title: 'We use cookies', description: 'Some are needed.', acceptAllBtn: 'Accept all', acceptNecessaryBtn: 'Only what is needed' }, preferencesModal: { title: 'Preferences', acceptAllBtn: 'Accept', savePreferencesBtn: 'Save', sections: [] } } } } })`,
      ),
    },
    {
      name: 'qrcode',
      html: using(
        { js: ['qrcode-generator/dist/qrcode.js'] },
        '<main><h1>Scan</h1><div id="q"></div></main>',
        `const code = qrcode(0, 'M'); code.addData('https://example.com/a/long/enough/address'); code.make(); q.innerHTML = code.createSvgTag(10)`,
      ),
    },
    {
      name: 'wavesurfer',
      html: using(
        { js: ['wavesurfer.js/dist/wavesurfer.min.js'] },
        '<main><h1>Sound</h1><div id="w"></div></main>',
        `WaveSurfer.create({ container: '#w', height: 300, waveColor: '#2a9d8f', peaks: [Array.from({ length: 400 }, (_, n) => Math.sin(n / 9) * Math.cos(n / 31))], duration: 20 })`,
      ),
    },
  ],
};
