import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { drawnSite } from '../drawn-site.ts';
import { assertMiddle, green, html, red, startTestRenderer } from '../harness.ts';

const coloured = (colour: string, body = '', head = '') =>
  html(body, `<style>html{background:${colour}}</style>${head}`);
const pages: Readonly<Record<string, string>> = {
  '/final': coloured('#f00', '', '<style>html[data-ogplus]{background:#0a0}</style>'),
  '/template': coloured('#f00', '<template id="ogplus"><style>html{background:#0a0}</style></template>'),
  '/on': coloured('#f00', `<script>location.replace('/final')</script>`),
  '/circle': coloured('#f00', `<script>location = '/circle?' + Math.random()</script>`),
};

const site = drawnSite((req, res) => {
  const { pathname } = new URL(req.url ?? '/', 'http://origin');
  if (pathname === '/moved') return void res.writeHead(302, { Location: '/final' }).end();
  if (pathname === '/away') {
    return void res.writeHead(302, { Location: `${site.origin.url.replace('127.0.0.1', 'localhost')}/final` }).end();
  }
  if (pathname === '/data') return void res.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  const body = pages[pathname];
  res.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'text/html' }).end(body ?? 'no');
});
beforeEach(() => {
  site.origin.heard.length = 0;
});
const { draw } = site;
const script = (text: string) => coloured('#f00', `<script>${text}</script>`);

describe('a page that sends its reader on to another page of its website is drawn as that one:', () => {
  for (const [what, document] of [
    ['by script', script(`location = '/final'`)],
    ['by script after its load', script(`onload = () => { location.replace('/final') }`)],
    ['by script after a second', script(`setTimeout(() => { location.href = '/final' }, 1000)`)],
    ['by meta refresh', coloured('#f00', '', '<meta http-equiv="refresh" content="0;url=/final">')],
    ['by meta refresh after two seconds', coloured('#f00', '', '<meta http-equiv="refresh" content="2;url=/final">')],
    ['by way of another one', script(`location = '/on'`)],
    ['by a redirect of the server', script(`location = '/moved'`)],
    ['which has a card of its own', script(`location = '/template'`)],
  ] as const) {
    it(what, async () => {
      const picture = await draw(document);
      await assertMiddle(picture, green);
      assert.equal(picture.complete, true);
      assert.equal(picture.common, null, 'for this consumer only');
    });
  }

  it('and its origin is asked once for each', async () => {
    await assertMiddle(await draw(script(`location = '/on'`)), green);
    assert.deepEqual(
      site.origin.heard.map(({ target }) => target),
      ['/on', '/final'],
    );
  });
});

describe('a page that sends its reader where there is no page of its website is drawn as it is:', () => {
  for (const [what, target] of [
    ['to another website', `location.origin.replace('127.0.0.1', 'localhost') + '/final'`],
    ['to what is not there', `'/nothing'`],
    ['to what is no page', `'/data'`],
    ['to what leads to another website', `'/away'`],
  ] as const) {
    it(what, async () => {
      const picture = await draw(coloured('#0a0', `<script>location = ${target}</script>`));
      await assertMiddle(picture, green);
      assert.equal(picture.complete, true);
    });
  }

  it('in a card of its own, all of which is in the document', async () => {
    const card = `<template id="ogplus"><style>html{background:#0a0}</style></template>`;
    await assertMiddle(await draw(html(card, `<script>onload = () => { location = '/final' }</script>`)), green);
    assert.equal(site.origin.heard.length, 0);
  });
});

describe('a page that sends its reader to a document that is larger than documents may be', () => {
  it('is drawn as it is', async () => {
    await using strict = await startTestRenderer({ maxDocumentBytes: 50 });
    const picture = await strict.draw(`${site.origin.url}/page`, coloured('#0a0', `<script>location = '/on'</script>`));
    await assertMiddle(picture, green);
    assert.equal(picture.complete, true);
  });
});

describe('a page that sends its reader on for ever', () => {
  it('is drawn as the last page that was followed', async () => {
    await assertMiddle(await draw(script(`location = '/circle'`)), red);
    assert.ok(site.origin.heard.length <= 3, `${site.origin.heard.length} pages`);
  });

  it('before it has a body, to another website, is refused', async () => {
    await assert.rejects(
      draw(html('', `<script>location = location.origin.replace('127.0.0.1', 'localhost')</script>`)),
      (error: unknown) => error instanceof Problem && /elsewhere/.test(error.message),
    );
  });

  it('and ends in a document of its own making is refused', async () => {
    await assert.rejects(
      draw(script(`location = '/on'; location = 'about:blank'`)),
      (error: unknown) => error instanceof Problem && error.type === 'render-failed',
    );
  });
});
