import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { Asking } from '../harness/asking.ts';
import { type PageOptions, page } from '../harness/origin.ts';
import { isClose, pixel } from '../harness/pixels.ts';

const asking = new Asking();
const headers = { 'Cache-Control': 'max-age=600' };
const crawlers = {
  facebook: 'facebookexternalhit/1.1',
  slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  discord: 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  whatsapp: 'WhatsApp/2.23.20.0',
} as const;

/** The page, and beside it whatever else the site serves. */
const site = (files: Readonly<Record<string, readonly [type: string, body: string]>>, options: PageOptions) => {
  const answer = page({ headers, ...options });
  return (req: IncomingMessage, res: ServerResponse): void => {
    const [type, body] = files[req.url ?? ''] ?? [];
    if (type === undefined) answer(req, res);
    else res.writeHead(200, { 'Content-Type': type }).end(body);
  };
};

const ask = (consumer: keyof typeof crawlers) => asking.ask({ 'user-agent': crawlers[consumer] });
const dressed = '<style>[data-ogplus] nav { display: none } body { background: #eee }</style>';

describe('consumers that would get the same picture', () => {
  it('share one render and one file, one after the other', async () => {
    asking.origin.answer = page({ headers, head: dressed });
    const first = await ask('facebook');
    assert.equal(first.renders, 1);
    for (const consumer of ['slack', 'discord', 'whatsapp'] as const) {
      const next = await ask(consumer);
      assert.equal(next.renders, 0, consumer);
      assert.equal(next.headers['etag'], first.headers['etag']);
      assert.match(next.headers['cache-status'] ?? '', /fwd=miss; stored.*detail=drawing-shared/);
      const again = await ask(consumer);
      assert.match(again.headers['cache-status'] ?? '', /hit/);
    }
    assert.equal(asking.origin.heard.filter(({ target }) => target === asking.target).length, 1);
  });

  it('share one render when they ask at the same moment', async () => {
    asking.origin.answer = page({ headers, head: dressed });
    const renders = asking.test.service.renderer.started;
    const answers = await Promise.all((Object.keys(crawlers) as Array<keyof typeof crawlers>).map(ask));
    assert.equal(asking.test.service.renderer.started - renders, 1);
    assert.equal(new Set(answers.map((answer) => answer.headers['etag'])).size, 1);
    assert.ok(answers.every(({ status }) => status === 200));
  });

  it('share what is drawn anew after a purge, and not what was drawn before it', async () => {
    asking.origin.answer = page({ headers, body: 'old' });
    const old = await ask('facebook');
    await asking.test.service.store.changes.purge(asking.website.id, { kind: 'website' });
    asking.origin.answer = page({ headers, body: 'new' });
    const slack = await ask('slack');
    assert.equal(slack.renders, 1);
    assert.notEqual(slack.headers['etag'], old.headers['etag']);
    const facebook = await ask('facebook');
    assert.equal(facebook.renders, 0);
    assert.equal(facebook.headers['etag'], slack.headers['etag']);
  });

  it('share it where they have no template of their own', async () => {
    const body = '<template id="ogplus">a</template><template id="ogplus-slack">b</template>';
    asking.origin.answer = page({ headers, body });
    const facebook = await ask('facebook');
    const discord = await ask('discord');
    const slack = await ask('slack');
    assert.deepEqual([facebook.renders, discord.renders, slack.renders], [1, 0, 1]);
    assert.notEqual(slack.headers['etag'], facebook.headers['etag']);
  });
});

describe('consumers with frames of their own', () => {
  it('get pictures of their own', async () => {
    asking.origin.answer = page({ headers });
    await ask('facebook');
    const twitter = await asking.ask({ 'user-agent': 'Twitterbot/1.0' });
    assert.equal(twitter.renders, 1);
    const { width, height } = await sharp(twitter.body).metadata();
    assert.deepEqual([width, height], [2400, 1200]);
  });
});

describe('a page that looks at who asks', () => {
  const green = 'html[data-ogplus=slack] body { background: rgb(0, 170, 0) }';
  const paint =
    "if (document.documentElement.dataset.ogplus === 'slack') document.body.style.background = 'rgb(0,170,0)'";
  const ways: Record<string, ReturnType<typeof page>> = {
    'in a style element': site({}, { head: `<style>${green}</style>` }),
    'in a style sheet': site({ '/a.css': ['text/css', green] }, { head: '<link rel="stylesheet" href="/a.css">' }),
    'in a style sheet that another imports': site(
      { '/a.css': ['text/css', '@import "/b.css";'], '/b.css': ['text/css', green] },
      { head: '<link rel="stylesheet" href="/a.css">' },
    ),
    'in a script': site({}, { body: `<script>${paint}</script>` }),
    'in a script file': site({ '/a.js': ['text/javascript', paint] }, { body: '<script src="/a.js"></script>' }),
    'in a module that another loads': site(
      { '/a.js': ['text/javascript', 'await import("/b.js")'], '/b.js': ['text/javascript', paint] },
      { body: '<script type="module" src="/a.js"></script>' },
    ),
    'in an event handler': site({}, { body: `<img src="data:," onerror="${paint}">` }),
  };
  for (const [way, answer] of Object.entries(ways)) {
    it(`is drawn for each: ${way}`, async () => {
      asking.origin.answer = answer;
      const facebook = await ask('facebook');
      const slack = await ask('slack');
      assert.deepEqual([facebook.renders, slack.renders], [1, 1]);
      assert.ok(isClose(await pixel(slack.body, 2300, 1200), [0, 170, 0]));
      assert.ok(isClose(await pixel(facebook.body, 2300, 1200), [255, 255, 255]));
    });
  }
});
