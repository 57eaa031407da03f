import type { Group } from '../../page.ts';
import { boxes, story, text } from '../../parts.ts';
import { using } from './with.ts';

const app = '<div id="app"><main><h1>Loading…</h1></main></div>';
const wait = '(ms) => new Promise((resolve) => setTimeout(resolve, ms))';

/** Pages that draw themselves. */
export const apps: Group = {
  name: 'apps',
  pages: [
    {
      name: 'react-fetch',
      html: using(
        { js: ['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js'] },
        app,
        `const e = React.createElement; const App = () => { const [data, set] = React.useState(); React.useEffect(() => { fetch('words.json?delay=500').then((x) => x.json()).then(set) }, []);
        return e('main', null, e('h1', null, data?.title ?? 'Loading…'), e('ul', null, data?.items.map((item) => e('li', { key: item }, item)))) };
        ReactDOM.createRoot(document.getElementById('app')).render(e(App))`,
      ),
    },
    {
      name: 'react-suspense-lazy-effect',
      html: using(
        { js: ['react/umd/react.production.min.js', 'react-dom/umd/react-dom.production.min.js'] },
        app,
        `const e = React.createElement, wait = ${wait}; const Part = React.lazy(async () => { await wait(400); return { default: () => { const [n, set] = React.useState(0);
        React.useEffect(() => { if (n < 5) { const timer = setTimeout(set, 120, n + 1); return () => clearTimeout(timer) } }, [n]); return e('h1', null, 'Counted to ' + n) } } });
        ReactDOM.createRoot(document.getElementById('app')).render(e('main', null, e(React.Suspense, { fallback: 'Loading…' }, e(Part))))`,
      ),
    },
    {
      name: 'vue-transition-group',
      html: using(
        {
          js: ['vue/dist/vue.global.prod.js'],
          head: '<style>.v-enter-active{transition:all .7s}.v-enter-from{opacity:0;transform:translateX(200px)}</style>',
        },
        '<div id="app"><main><h1>{{ title }}</h1><transition-group tag="div"><div class="box" v-for="item in items" :key="item" style="margin:6px;padding:12px">{{ item }}</div></transition-group></main></div>',
        `Vue.createApp({ data: () => ({ title: 'Loading…', items: [] }), async mounted() { const { title, items } = await (await fetch('words.json?delay=300')).json(); this.title = title; for (const item of items.slice(0, 5)) { this.items.push(item); await (${wait})(100) } } }).mount('#app')`,
      ),
    },
    {
      name: 'vue-async-component',
      html: using(
        { js: ['vue/dist/vue.global.prod.js'] },
        app,
        `const Part = Vue.defineAsyncComponent({ loader: async () => { await (${wait})(600); return { template: '<h1>The part is here</h1>${text}' } }, loadingComponent: { template: '<h1>Loading…</h1>' } }); Vue.createApp({ components: { Part }, template: '<main><Part/></main>' }).mount('#app')`,
      ),
    },
    {
      name: 'preact-bundled',
      html: `${using({}, app)}<script type="module" src="bundle.js"></script>`,
      bundle: `import { h, render } from 'preact'; import { useEffect, useState } from 'preact/hooks'; const App = () => { const [data, set] = useState(null);
        useEffect(() => { fetch('words.json?delay=250').then((x) => x.json()).then(set) }, []); return h('main', null, h('h1', null, data ? data.title : 'Loading…'), data && data.items.map((item) => h('p', null, item))) };
        const root = document.getElementById('app'); root.textContent = ''; render(h(App), root)`,
    },
    {
      name: 'solid-bundled',
      html: `${using({}, app)}<script type="module" src="bundle.js"></script>`,
      bundle: `import { createSignal, onMount } from 'solid-js'; import { render } from 'solid-js/web'; import html from 'solid-js/html'; const root = document.getElementById('app'); root.textContent = '';
        render(() => { const [n, set] = createSignal(0); onMount(() => { const timer = setInterval(() => { set(n() + 1); if (n() === 8) clearInterval(timer) }, 90) }); return html\`<main><h1>Counted to \${n}</h1></main>\` }, root)`,
    },
    {
      name: 'svelte-in-fade',
      html: `${using({}, '<div id="app"></div>')}<script type="module" src="bundle.js"></script>`,
      bundle: `import { mount } from 'svelte'; import App from 'app.svelte'; mount(App, { target: document.getElementById('app') })`,
      component: `<script>import { fade, fly } from 'svelte/transition'; import { onMount } from 'svelte'; let isShown = $state(false); onMount(() => { isShown = true })</script>
        {#if isShown}<main in:fade={{ duration: 800 }}><h1>Faded in</h1><div in:fly|global={{ y: 200, delay: 300, duration: 700 }} style="height:300px;background:#2a9d8f"></div></main>{/if}`,
    },
    {
      name: 'svelte-await',
      html: `${using({}, '<div id="app"></div>')}<script type="module" src="bundle.js"></script>`,
      bundle: `import { mount } from 'svelte'; import App from 'app.svelte'; mount(App, { target: document.getElementById('app') })`,
      component: `<script>import { Tween } from 'svelte/motion'; const width = new Tween(0, { duration: 1200 }); const data = fetch('words.json?delay=400').then((x) => x.json()); data.then(() => width.set(100))</script>
        <main>{#await data}<h1>Loading…</h1>{:then { title }}<h1>{title}</h1><div style="height:200px;background:#e76f51;width:{width.current}%"></div>{/await}</main>`,
    },
    {
      name: 'lit-element',
      html: `${using({}, '<main><late-list></late-list></main>')}<script type="module" src="bundle.js"></script>`,
      bundle: `import { css, html, LitElement } from 'lit'; customElements.define('late-list', class extends LitElement { static properties = { items: { type: Array } };
        static styles = css\`@keyframes in{from{opacity:0;transform:translateX(-100px)}}li{animation:in .8s both;font-size:30px}\`;
        async connectedCallback() { super.connectedCallback(); this.items = (await (await fetch('words.json?delay=200')).json()).items } render() { return html\`<h1>Words</h1><ul>\${(this.items ?? []).map((item, n) => html\`<li style="animation-delay:\${n * 80}ms">\${item}</li>\`)}</ul>\` } })`,
    },
    {
      name: 'alpine-x-transition',
      html: using(
        { head: '<style>[x-cloak]{display:none}</style><script defer src="npm/alpinejs/dist/cdn.min.js"></script>' },
        story(
          `<div x-data="{ open: false }" x-init="setTimeout(() => { open = true }, 150)"><div x-cloak x-show="open" x-transition.duration.800ms>${boxes()}</div></div>`,
        ),
      ),
    },
    {
      name: 'alpine-fetch',
      html: using(
        { head: '<script defer src="npm/alpinejs/dist/cdn.min.js"></script>' },
        `<main x-data="{ title: 'Loading…', items: [] }" x-init="({ title, items } = await (await fetch('words.json?delay=400')).json())"><h1 x-text="title"></h1><template x-for="item in items"><p x-text="item"></p></template></main>`,
      ),
    },
    {
      name: 'htmx-load-delayed',
      html: using(
        { js: ['htmx.org/dist/htmx.min.js'] },
        story('<div hx-get="part.html" hx-trigger="load delay:400ms" hx-swap="innerHTML">Loading…</div>'),
      ),
      routes: { 'part.html': { body: boxes(), delay: 200 } },
    },
    {
      name: 'htmx-chain-of-parts',
      html: using(
        { js: ['htmx.org/dist/htmx.min.js'] },
        story('<div hx-get="one.html" hx-trigger="load" hx-swap="outerHTML">Step 1</div>'),
      ),
      routes: {
        'one.html': {
          body: '<div hx-get="two.html" hx-trigger="load delay:200ms" hx-swap="outerHTML"><h1>Step 2</h1></div>',
          delay: 100,
        },
        'two.html': { body: `<div><h1>Step 3, the last</h1>${boxes()}</div>`, delay: 100 },
      },
    },
    {
      name: 'turbo-frame',
      html: using(
        { js: ['@hotwired/turbo/dist/turbo.es2017-umd.js'] },
        story('<turbo-frame id="part" src="part.html">Loading…</turbo-frame>'),
      ),
      routes: { 'part.html': { body: `<!doctype html><turbo-frame id="part">${boxes()}</turbo-frame>`, delay: 400 } },
    },
    {
      name: 'turbo-frame-lazy',
      html: using(
        { js: ['@hotwired/turbo/dist/turbo.es2017-umd.js'] },
        story('<turbo-frame id="part" loading="lazy" src="part.html">Loading…</turbo-frame>'),
      ),
      routes: { 'part.html': { body: `<!doctype html><turbo-frame id="part">${boxes()}</turbo-frame>`, delay: 200 } },
    },
    {
      name: 'stimulus',
      html: using(
        { js: ['@hotwired/stimulus/dist/stimulus.umd.js'] },
        story('<div data-controller="late"><div data-late-target="out">Loading…</div></div>'),
        `Stimulus.Application.start().register('late', class extends Stimulus.Controller { static targets = ['out']; connect() { setTimeout(() => { this.outTarget.innerHTML = ${JSON.stringify(boxes())} }, 300) } })`,
      ),
    },
    {
      name: 'mithril',
      html: using(
        { js: ['mithril/mithril.min.js'] },
        app,
        `let data; m.mount(document.getElementById('app'), { oninit: () => m.request('words.json?delay=300').then((x) => { data = x }), view: () => m('main', m('h1', data ? data.title : 'Loading…'), data && data.items.map((item) => m('p', item))) })`,
      ),
    },
    {
      name: 'petite-vue',
      html: using(
        { js: ['petite-vue/dist/petite-vue.iife.js'] },
        `<main v-scope="{ n: 0 }" @vue:mounted="setTimeout(() => n = 42, 250)"><h1>The answer is {{ n }}</h1></main>`,
        'PetiteVue.createApp().mount()',
      ),
    },
    {
      name: 'knockout',
      html: using(
        { js: ['knockout/build/output/knockout-latest.js'] },
        '<main><h1 data-bind="text: title"></h1><div data-bind="foreach: items"><p data-bind="text: $data"></p></div></main>',
        `const model = { title: ko.observable('Loading…'), items: ko.observableArray() }; ko.applyBindings(model); fetch('words.json?delay=300').then((x) => x.json()).then(({ title, items }) => { model.title(title); model.items(items) })`,
      ),
    },
    {
      name: 'i18next-loaded',
      html: using(
        { js: ['i18next/dist/umd/i18next.min.js'] },
        '<main><h1 id="t">common.title</h1></main>',
        `fetch('words.json?delay=350').then((x) => x.json()).then(async ({ title }) => { await i18next.init({ lng: 'en', resources: { en: { translation: { title } } } }); t.textContent = i18next.t('title') })`,
      ),
    },
    {
      name: 'marked-after-fetch',
      html: using(
        { js: ['marked/lib/marked.umd.js'] },
        '<main id="at">Loading…</main>',
        `fetch('text.md').then((x) => x.text()).then((text) => { at.innerHTML = marked.parse(text) })`,
      ),
      routes: {
        'text.md': {
          body: '# Read me\n\nSome *marked* text.\n\n- one\n- two\n\n> And a quote.\n\n```js\nconst code = 1;\n```',
          type: 'text/markdown',
          delay: 300,
        },
      },
    },
  ],
};
