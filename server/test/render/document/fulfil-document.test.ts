import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { assertMiddle, filled, generic, green, html, red, startTestRenderer, type TestRenderer } from '../harness.ts';

let renderer: TestRenderer;
let origin: Origin;
before(async () => {
  renderer = await startTestRenderer();
  origin = await startOrigin((req, res) => {
    const isStyle = req.url === '/folder/style.css';
    res.writeHead(isStyle ? 200 : 404, { 'Content-Type': 'text/css' });
    res.end(isStyle ? `html{background:#0a0}` : '');
  });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

describe('the document that was fetched', () => {
  it('is drawn without being asked for again, and its relative addresses resolve against its own', async () => {
    origin.heard.length = 0;
    const page = html('', '<link rel="stylesheet" href="style.css">');
    await assertMiddle(await renderer.draw(`${origin.url}/folder/page?a=b#part`, page), green);
    assert.deepEqual(
      origin.heard.map(({ target }) => target),
      ['/folder/style.css'],
    );
  });

  it('keeps its status and its policy', async () => {
    const page = html(
      `<script>document.documentElement.style.background = 'red'</script>`,
      '<style>html{background:#0a0}</style>',
    );
    const headers = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" };
    await assertMiddle(await renderer.draw(`${origin.url}/page`, page, { headers }), green);
    for (const status of [203, 299]) {
      const told = html(`<script>
        const { responseStatus } = performance.getEntriesByType('navigation')[0];
        document.documentElement.style.background = responseStatus === ${status} ? '#0a0' : 'red';
      </script>`);
      await assertMiddle(await renderer.draw(`${origin.url}/page`, told, { status }), green);
    }
  });

  it('may be in another encoding than UTF-8', async () => {
    const script = `<script>document.documentElement.style.background = document.body.innerText === '\\xe9' ? '#0a0' : 'red'</script>`;
    const latin = Buffer.concat([Buffer.from('<html><body>'), Buffer.from([0xe9]), Buffer.from(script)]);
    const headers = { 'content-type': 'text/html; charset=iso-8859-1' };
    await assertMiddle(await renderer.draw(`${origin.url}/page`, latin, { headers }), green);
  });

  it('may be XHTML', async () => {
    const xhtml =
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><style>[data-ogplus]{background:#0a0}</style></head><body/></html>';
    const headers = { 'content-type': 'application/xhtml+xml' };
    await assertMiddle(await renderer.draw(`${origin.url}/page`, xhtml, { headers }), green);
  });

  it('may be ten million bytes long', async () => {
    const page = html(`<p style="${filled};background:#0a0"></p><!--${'x'.repeat(10_000_000)}-->`);
    await assertMiddle(await renderer.draw(`${origin.url}/page`, page), green);
  });
});

describe('data-ogplus, while the page is drawn', () => {
  const script = `<script>if (document.documentElement.dataset.ogplus !== VALUE) document.documentElement.className = 'late'</script>`;
  const style = '<style>html{background:#f00}html[data-ogplus]:not(.late){background:#0a0}</style>';

  it('is there for the first style and the first script', async () => {
    const page = `<!doctype html><html><head>${script.replace('VALUE', '""')}${style}</head><body></body></html>`;
    await assertMiddle(await renderer.draw(`${origin.url}/page`, page), green);
  });

  it('names the consumer', async () => {
    const page = html('', script.replace('VALUE', '"slack"') + style.replace('[data-ogplus]', '[data-ogplus=slack]'));
    const frame = { ...generic, consumer: 'slack' };
    await assertMiddle(await renderer.draw(`${origin.url}/page`, page, { frame }), green);
  });

  it('is there under a policy that forbids scripts', async () => {
    const headers = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" };
    await assertMiddle(await renderer.draw(`${origin.url}/page`, html('', style), { headers }), green);
  });

  it('is there in a document without <html>', async () => {
    await assertMiddle(await renderer.draw(`${origin.url}/page`, `${style}<p>text`), green);
    await assert.rejects(assertMiddle(await renderer.draw(`${origin.url}/page`, '<style>html{background:#0a0}'), red));
  });
});

describe('what the page is told of its reader', () => {
  const shows = (condition: string, attributes = '') =>
    html(`<script>document.documentElement.style.background = ${condition} ? '#0a0' : 'red'</script>`, '', attributes);
  for (const [what, page] of [
    ['the time zone is UTC', shows(`Intl.DateTimeFormat().resolvedOptions().timeZone === 'UTC'`)],
    ['motion is to be reduced', shows(`matchMedia('(prefers-reduced-motion: reduce)').matches`)],
    ['the locale is American English by default', shows(`Intl.NumberFormat().resolvedOptions().locale === 'en-US'`)],
    [
      'the locale is that of the document',
      shows(`Intl.NumberFormat().resolvedOptions().locale === 'de'`, ' data-lang="fr" lang="de"'),
    ],
    ['a language that nobody speaks does no harm', shows('true', ' lang="zz-unknown"')],
  ] as const) {
    it(what, async () => assertMiddle(await renderer.draw(`${origin.url}/page`, page), green));
  }
});
