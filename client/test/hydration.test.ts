import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { rolldown } from 'rolldown';
import { openBrowser } from '../../dashboard/test/harness/browser.ts';
import { readTags } from '../testing/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let browser: Browser;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-hydration-'));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface App {
  /** The module that exports `App`. */
  readonly app: string;
  readonly server: string;
  readonly client: string;
  readonly alias: Record<string, string>;
}

/** Renders the app on a server, hydrates it in a browser, and gives what that said and what the service would draw. */
async function hydrate({ app, server, client, alias }: App) {
  const files: Record<string, string> = { app, server, client };
  const bundle = async (name: string, platform: 'node' | 'browser') => {
    await using build = await rolldown({
      input: name,
      platform,
      resolve: {
        alias: {
          ...alias,
          '@ogplus/client/react': join(root, 'client/src/react.ts'),
          '@ogplus/client/vue': join(root, 'client/src/vue.ts'),
        },
      },
      transform: {
        define: {
          'process.env.NODE_ENV': '"development"',
          __VUE_OPTIONS_API__: 'true',
          __VUE_PROD_DEVTOOLS__: 'false',
          __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
        },
      },
      logLevel: 'silent',
      plugins: [
        {
          name: 'modules of this test',
          resolveId: (id) => (id in files ? `\0${id}` : null),
          load: (id) => files[id.slice(1)] ?? null,
        },
      ],
    });
    const file = join(folder, `${crypto.randomUUID()}.mjs`);
    const { output } = await build.write({ file, format: 'esm', codeSplitting: false });
    return { file, code: output[0].code };
  };
  const [rendering, hydrating] = await Promise.all([bundle('server', 'node'), bundle('client', 'browser')]);
  const { html, head = '' } = (await import(pathToFileURL(rendering.file).href)) as { html: string; head?: string };
  const document = `<!doctype html><html><head><title>t</title>${head}</head><body><div id="app">${html}</div><script type="module" src="/app.js"></script></body></html>`;
  const http = createServer((req, res) => {
    const isScript = req.url === '/app.js';
    res.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    res.end(isScript ? hydrating.code : document);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`http://localhost:${(http.address() as AddressInfo).port}/`);
    await page.locator('#hydrated').waitFor();
    const count = page.locator('#count');
    await count.click();
    assert.equal(await count.textContent(), 'clicked', 'the page lives');
    const shown = await page.locator('#app').innerText();
    await page.close();
    return { document, said, shown };
  } finally {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  }
}

const react = (folder: string, template: string): App => ({
  alias: Object.fromEntries(['react', 'react-dom'].map((name) => [name, join(root, folder, 'node_modules', name)])),
  app: `
    import { createElement as h, useEffect, useState } from 'react';
    import { OgTags, OgTemplate } from '@ogplus/client/react';
    const card = [h('h1', { key: 1 }, 'Tea & <Cake>'), h('p', { key: 2 }, 'With milk')];
    export function App() {
      const [clicked, setClicked] = useState(false);
      const [isHydrated, setHydrated] = useState(false);
      useEffect(() => setHydrated(true), []);
      return h('main', null,
        ${template},
        h('button', { id: 'count', onClick: () => setClicked(true) }, clicked ? 'clicked' : 'click'),
        isHydrated && h('i', { id: 'hydrated' }, 'hydrated'));
    }
    export const tags = h(OgTags, { tags: [{ property: 'og:title', content: '"Tea"' }, { name: 'twitter:card', content: 'summary' }] });`,
  server: `
    import { renderToString, renderToStaticMarkup } from 'react-dom/server';
    import { createElement as h } from 'react';
    import { App, tags } from 'app';
    export const html = renderToString(h(App));
    export const head = renderToStaticMarkup(tags);`,
  client: `
    import { hydrateRoot } from 'react-dom/client';
    import { createElement as h } from 'react';
    import { App } from 'app';
    hydrateRoot(document.getElementById('app'), h(App), { onRecoverableError: (error) => console.error(error.message) });`,
});

for (const [version, folder] of [
  ['18', '.'],
  ['19', 'dashboard'],
] as const) {
  describe(`the template component in React ${version}`, () => {
    it('sends the card and hydrates without a complaint', async () => {
      const { document, said, shown } = await hydrate(react(folder, 'h(OgTemplate, null, card)'));
      assert.match(document, /<template id="ogplus"><h1>Tea &amp; &lt;Cake&gt;<\/h1><p>With milk<\/p><\/template>/);
      assert.deepEqual(said, []);
      assert.doesNotMatch(shown, /milk/);
    });

    it('is needed: plain elements in a template are complained of', async () => {
      const { said } = await hydrate(react(folder, `h('template', { id: 'ogplus' }, card)`));
      assert.match(said.join('\n'), /ydrat/);
    });
  });
}

describe('the tags component in React', () => {
  it('writes the tags', async () => {
    const { document } = await hydrate(react('dashboard', `h(OgTemplate, { consumer: 'linkedin' }, card)`));
    assert.deepEqual(readTags(document), [
      { name: 'og:title', content: '"Tea"' },
      { name: 'twitter:card', content: 'summary' },
    ]);
    assert.match(document, /<template id="ogplus-linkedin">/);
  });
});

const vue = (template: string): App => ({
  alias: { vue: join(root, 'node_modules/vue') },
  app: `
    import { createSSRApp, h, onMounted, ref } from 'vue';
    import { OgTemplate } from '@ogplus/client/vue';
    const card = () => [h('h1', 'Tea & <Cake>'), h('p', 'With milk')];
    export const make = () => createSSRApp({
      setup() {
        const clicked = ref(false);
        const isHydrated = ref(false);
        onMounted(() => { isHydrated.value = true; });
        return () => h('main', [
          ${template},
          h('button', { id: 'count', onClick: () => { clicked.value = true; } }, clicked.value ? 'clicked' : 'click'),
          isHydrated.value ? h('i', { id: 'hydrated' }, 'hydrated') : undefined,
        ]);
      },
    });`,
  server: `
    import { renderToString } from 'vue/server-renderer';
    import { make } from 'app';
    export const html = await renderToString(make());`,
  client: `
    import { make } from 'app';
    make().mount('#app');`,
});

describe('the template component in Vue', () => {
  it('sends the card and hydrates without a complaint', async () => {
    const { document, said, shown } = await hydrate(vue('h(OgTemplate, null, { default: card })'));
    assert.match(
      document,
      /<template id="ogplus">(<!--\[-->)?<h1>Tea &amp; &lt;Cake&gt;<\/h1><p>With milk<\/p>(<!--\]-->)?<\/template>/,
    );
    assert.deepEqual(said, []);
    assert.doesNotMatch(shown, /milk/);
  });

  it('is needed: plain elements in a template are complained of', async () => {
    const { said } = await hydrate(vue(`h('template', { id: 'ogplus' }, card())`));
    assert.match(said.join('\n'), /ydrat/);
  });
});
