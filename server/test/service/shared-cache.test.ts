import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Asking, cost, drawn, nothing, revalidated } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();

describe('a page that varies', () => {
  const echo = (vary: string) =>
    page({ headers: { 'Cache-Control': 'max-age=600', Vary: vary }, body: 'the same for all' });

  it('by User-Agent is asked for once for each consumer', async () => {
    asking.origin.answer = echo('User-Agent');
    for (const consumer of ['slack', 'discord', 'slack', 'discord']) {
      await asking.ask({}, `${asking.target}?ogplus_consumer=${consumer}`);
    }
    assert.deepEqual(
      asking.origin.heard.map(({ headers }) => /(slack|discord)$/.exec(headers['user-agent'] ?? '')?.[1]),
      ['slack', 'discord'],
    );
  });

  it('by Accept-Language is asked for once for each language', async () => {
    asking.origin.answer = echo('accept-language');
    for (const language of ['de', 'fr', 'de', 'en;q=0.5, FR-ch, fr;q=0.9', 'de', 'fr'])
      await asking.ask({ 'accept-language': language });
    assert.deepEqual(
      asking.origin.heard.map(({ headers }) => headers['accept-language']),
      ['de', 'fr', 'fr-ch'],
    );
  });

  it('by Accept-Language gives everybody the own language, however many ask for it at once', async () => {
    asking.origin.answer = (req, res) => {
      const headers = { 'Cache-Control': 'max-age=600', Vary: 'Accept-Language' };
      page({ headers, body: `<h1>${req.headers['accept-language']}</h1>` })(req, res);
    };
    const languages = ['de', 'fr', 'de', 'fr', 'en'];
    const ask = (language: string) => asking.ask({ 'accept-language': language });
    const atOnce = await Promise.all(languages.map(ask));
    assert.equal(asking.origin.heard.length, 3);
    for (const [n, language] of languages.entries()) {
      const kept = await ask(language);
      assert.deepEqual(cost(kept), nothing);
      assert.deepEqual(atOnce[n]?.body, kept.body, language);
    }
  });

  it('by * is asked for at every request', async () => {
    asking.origin.answer = echo('*');
    for (let n = 0; n < 3; n++) assert.equal((await asking.ask()).requests, 1);
  });

  it('by anything that is never sent is asked for once', async () => {
    asking.origin.answer = echo('Cookie, Accept-Encoding, X-Anything');
    assert.deepEqual(cost(await asking.ask()), drawn);
    assert.deepEqual(cost(await asking.ask({ cookie: 'a=b', 'x-anything': '1' })), nothing);
  });
});

describe('CDN-Cache-Control', () => {
  it('stands above Cache-Control, and is ignored where it is no structured field', async () => {
    const headers = { 'Cache-Control': 'no-store', 'CDN-Cache-Control': 'max-age=600' };
    asking.origin.answer = page({ headers });
    assert.deepEqual(cost(await asking.ask()), drawn);
    asking.test.clock.move(590);
    assert.deepEqual(cost(await asking.ask()), nothing);
    const broken = page({ headers: { ...headers, 'CDN-Cache-Control': 'max-age=600, =' } });
    asking.origin.answer = broken;
    for (let n = 0; n < 2; n++) assert.deepEqual(cost(await asking.ask({}, `${asking.target}/broken`)), drawn);
  });
});

describe('a document that came back as it was drawn', () => {
  const head = '<style>body{margin:0}</style>';
  const card = (text: string, body: string) =>
    page({ head, body: `${body}<template id="ogplus"><h1>${text}</h1></template>` });

  it('costs no render where its card is a template, whatever became of the rest of the page', async () => {
    asking.origin.answer = card('One', 'visits: 1');
    const first = await asking.ask();
    assert.deepEqual(cost(first), drawn);
    asking.origin.answer = card('One', 'visits: 2');
    const second = await asking.ask();
    assert.deepEqual(cost(second), revalidated);
    assert.match(second.headers['cache-status'] ?? '', /detail=same-document/);
    assert.deepEqual(second.body, first.body);
    asking.origin.answer = card('Two', 'visits: 2');
    assert.deepEqual(cost(await asking.ask()), drawn);
    asking.origin.answer = page({
      head: `${head}<style>h1{color:red}</style>`,
      body: '<template id="ogplus"><h1>Two</h1></template>',
    });
    assert.deepEqual(cost(await asking.ask()), drawn);
  });

  it('costs one where it is a whole page, unless the website says that equal documents are equal cards', async () => {
    asking.origin.answer = page({ body: 'the same' });
    for (let n = 0; n < 2; n++) assert.deepEqual(cost(await asking.ask()), drawn);
    await asking.test.service.store.websites.changeSettings(asking.website.id, { equalDocuments: true });
    assert.deepEqual(cost(await asking.ask()), revalidated);
    asking.origin.answer = page({ body: 'another' });
    assert.deepEqual(cost(await asking.ask()), drawn);
    await asking.test.service.store.websites.changeSettings(asking.website.id, { equalDocuments: false });
    assert.deepEqual(cost(await asking.ask()), drawn);
  });

  it('is drawn again after a purge all the same', async () => {
    asking.origin.answer = card('One', '');
    await asking.ask();
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'page', target: asking.target as never });
    assert.deepEqual(cost(await asking.ask()), drawn);
  });
});
