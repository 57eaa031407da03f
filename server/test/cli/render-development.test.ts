import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import sharp from 'sharp';
import { createServer } from 'vite';
import { ogplus, startCommand } from '../harness/command.ts';
import { page, startOrigin } from '../harness/origin.ts';
import { isClose, pixel } from '../harness/pixels.ts';
import { until } from '../harness/until.ts';

let folder: string;
let out: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-development-'));
  out = join(folder, 'card.png');
});
after(() => rm(folder, { recursive: true, force: true }));

const render = (url: string, ...more: string[]) => ogplus(['render', url, '--out', out, ...more]);

/** A page made of files, each by its path. */
type Files = Record<string, readonly [type: string, body: () => string]>;
const serve = (files: Files) => (req: IncomingMessage, res: ServerResponse) => {
  const [type, body] = files[req.url ?? ''] ?? ['text/plain', () => ''];
  res.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body());
};

describe('ogplus render of a page that is being made', () => {
  it('hides what development servers lay over it', async () => {
    const overlay = (name: string) => `<${name} style="position:fixed;inset:0;background:#f00"></${name}>`;
    const names = ['nextjs-portal', 'astro-dev-toolbar', 'nuxt-devtools-frame'];
    const body = `<style>body{background:#0a0}</style>${names.map(overlay).join('')}<div id="djDebug">x</div>`;
    await using site = await startOrigin(page({ body }));
    assert.equal((await render(site.url)).code, 0);
    assert.ok(isClose(await pixel(await readFile(out), 600, 600), [0, 0xaa, 0]));
  });

  it('says that an empty page would not be kept, and not that it was late', async () => {
    await using site = await startOrigin(page({ body: '' }));
    const { code, stdout } = await render(site.url);
    assert.equal(code, 0);
    assert.match(stdout, /The page is empty\.\nThe service would not keep this picture\.\n/);
  });

  it('tells what the page reports, and draws it', async () => {
    const script = '<script>console.error("bad %s", "luck"); setTimeout(() => { throw new Error("later") })</script>';
    const body = `<h1>A page</h1><img src="/missing.png">${script}`;
    const found = page({ body });
    await using site = await startOrigin((req, res) =>
      req.url === '/' ? found(req, res) : void res.writeHead(404).end(),
    );
    const { code, stdout, stderr } = await render(site.url);
    assert.equal(code, 0);
    assert.match(stdout, /card\.png: 2400×1260/);
    assert.match(stderr, /The page reports: bad luck\n/);
    assert.match(stderr, /The page reports: Error: later\n/);
    assert.match(stderr, /The page reports: \S+\/missing\.png answers 404\.\n/);
  });

  it('does not make React report data-ogplus as a mismatch, and draws with it', async () => {
    const app = (e: typeof createElement) =>
      e(
        'html',
        { lang: 'en' },
        e('head', null, e('style', null, 'body{background:#f00}[data-ogplus] body{background:#0a0}')),
        e('body', null, e('h1', null, 'A page')),
      );
    const hydrate = `ReactDOM.hydrateRoot(document, (${app.toString()})(React.createElement))`;
    const document = renderToString(app(createElement));
    const scripts = ['/react.development.js', '/react-dom.development.js', '/app.js'];
    const packages = new URL('../../../node_modules/', import.meta.url);
    await using site = await startOrigin(async (req, res) => {
      const [, name] = /^\/(react|react-dom)\.development\.js$/.exec(req.url ?? '') ?? [];
      if (req.url === '/') {
        const tags = scripts.map((src) => `<script defer src="${src}"></script>`).join('');
        // Behind the document, where React does not look for what it drew.
        return void res
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end(`<!doctype html>${document}`.replace('</body>', `</body>${tags}`));
      }
      res.writeHead(200, { 'Content-Type': 'text/javascript' });
      if (name === undefined) res.end(hydrate);
      else res.end(await readFile(new URL(`${name}/umd/${name}.development.js`, packages)));
    });
    const { code, stderr } = await render(site.url);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /data-ogplus/);
    assert.ok(isClose(await pixel(await readFile(out), 600, 600), [0, 0xaa, 0]));
  });

  it('leaves data-ogplus to all who ask for it by its name', async () => {
    const asks = `const { attributes } = document.documentElement;
      const seen = [attributes.length, attributes[0]?.name, attributes[1]?.name, attributes.item(1), [...attributes].length];
      console.error(JSON.stringify([...seen, attributes.getNamedItem('lang').value, document.body.attributes.length]));
      console.error(JSON.stringify([document.documentElement.matches('[data-ogplus]'), document.documentElement.dataset.ogplus]));`;
    const html = `<!doctype html><html lang="en"><body class="a"><h1>A page</h1><script>${asks}</script></body></html>`;
    await using site = await startOrigin(
      (_, res) => void res.writeHead(200, { 'Content-Type': 'text/html' }).end(html),
    );
    const { stderr } = await render(site.url, '--consumer', 'slack');
    assert.match(stderr, /reports: \[1,"lang",null,null,1,"en",1\]\n/);
    assert.match(stderr, /reports: \[true,"slack"\]\n/);
  });

  it("tells what the server's own error page says", async () => {
    const pages = {
      django: [
        '<title>NameError at /</title><h1>NameError at /</h1><pre>name &#x27;x&#x27; is not defined</pre>',
        /NameError at \/\nname 'x' is not defined\n/,
      ],
      next: [
        '<script>self.e={"err":{"message":"./page.js:1:49\\nExpected \\u0027>\\u0027"}}</script>',
        /\.\/page\.js:1:49\nExpected '>'\n/,
      ],
    } as const;
    for (const [body, says] of Object.values(pages)) {
      await using site = await startOrigin(page({ status: 500, body }));
      const { code, stderr } = await render(site.url);
      assert.equal(code, 1);
      assert.match(stderr, says);
    }
  });

  it('fails where an error left nothing to draw, and leaves the card that is there', async () => {
    await writeFile(out, 'the last one');
    await using site = await startOrigin(page({ body: '<script>throw new Error("no app")</script>' }));
    const { code, stderr } = await render(site.url);
    assert.equal(code, 1);
    assert.match(stderr, /The page could not be drawn\. It is empty and reported:\nError: no app/);
    assert.equal(await readFile(out, 'utf8'), 'the last one');
  });

  it('draws a page that is meant to be plain', async () => {
    await using site = await startOrigin(page({ body: '<style>body{background:#0a0}</style>' }));
    assert.equal((await render(site.url)).code, 0);
  });

  it("fails with the words of Vite's own overlay", async () => {
    const root = await mkdtemp(join(folder, 'vite-'));
    await writeFile(join(root, 'index.html'), '<!doctype html><script type="module" src="/main.ts"></script>');
    await writeFile(join(root, 'main.ts'), 'const a: = 1;');
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      server: { host: '127.0.0.1', port: 0, hmr: { port: 0 } },
    });
    await server.listen();
    try {
      const { code, stderr } = await render(server.resolvedUrls?.local[0] ?? '');
      assert.equal(code, 1);
      assert.match(stderr, /The page could not be drawn\./);
      assert.match(stderr, /main\.ts/);
    } finally {
      await server.close();
    }
  });
});

describe('ogplus render --watch', () => {
  it('draws again when a style or a script changes, and not for what is new in each answer', async () => {
    let colour = '#f00';
    let text = 'one';
    let asked = 0;
    await using site = await startOrigin(
      serve({
        '/': [
          'text/html',
          () =>
            `<!doctype html><html data-id="${++asked}-${Math.random()}"><meta name="nonce" content="${Math.random()}">
             <link rel="stylesheet" href="/style.css"><h1></h1><script type="module" src="/script.js"></script>`,
        ],
        '/style.css': ['text/css', () => `body{background:${colour}}`],
        '/script.js': ['text/javascript', () => `document.querySelector('h1').textContent = '${text}'`],
      }),
    );
    await using command = startCommand(['render', site.url, '--out', out, '--watch'], {});
    const drawn = () => command.output().match(/card\.png: /g)?.length ?? 0;
    const shows = async (...expected: [number, number, number]) =>
      isClose(
        await pixel(
          await sharp(await readFile(out))
            .png()
            .toBuffer(),
          1200,
          1200,
        ),
        expected,
      );
    await until('it is drawn', () => drawn() === 1);
    const browserAsked = () => site.heard.filter(({ headers }) => /Chrome/.test(headers['user-agent'] ?? '')).length;
    // After some looks it is known what differs each time.
    await until('it is looked at', () => asked > 6);
    const known = browserAsked();
    const seen = asked;
    await until('it is looked at again', () => asked > seen + 3);
    assert.equal(browserAsked(), known);
    assert.equal(drawn(), 1);

    colour = '#00f';
    await until('the style is drawn', () => drawn() === 2);
    assert.ok(await shows(0, 0, 255));
    text = 'two';
    await until('the script is drawn', () => drawn() === 3);
    command.signal('SIGINT');
    assert.equal(await command.ended, 0);
  });
});
