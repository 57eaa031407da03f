import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { Asking, cost, drawn, nothing } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();

// The agents that frameworks send a whole head: Next.js (`htmlLimitedBots`), prerender.io, isbot (React Router).
const lists = {
  'Next.js':
    /slurp|duckduckbot|bingbot|applebot|facebookexternalhit|twitterbot|linkedinbot|slackbot|discordbot|whatsapp/i,
  'prerender.io': /baiduspider|facebookexternalhit|twitterbot|rogerbot|linkedinbot|embedly|pinterest|slackbot/i,
  isbot: /(?<! cu)bots?(?:\b|_)|crawl|spider/i,
};
const tag = '<meta property="og:plus:cache:max_age" content="600">';

describe('a page that brings its tags in its body', () => {
  it('is kept as long as they say', async () => {
    asking.origin.answer = page({ body: `<h1>A page</h1><div hidden>${tag}</div>` });
    assert.deepEqual(cost(await asking.ask()), drawn);
    assert.deepEqual(cost(await asking.ask()), nothing);
  });
});

describe('a fetch', () => {
  for (const [name, list] of Object.entries(lists)) {
    it(`carries a word that ${name} knows, so that the head comes whole`, async () => {
      const known = page({ head: tag });
      const unknown = page({ body: '<h1>Loading</h1>' });
      asking.origin.answer = (req: IncomingMessage, res: ServerResponse) =>
        (list.test(req.headers['user-agent'] ?? '') ? known : unknown)(req, res);
      for (const consumer of ['', 'slack']) {
        const target = `${asking.target}${consumer}?ogplus_consumer=${consumer || 'generic'}`;
        assert.deepEqual(cost(await asking.ask({}, target)), drawn);
        assert.deepEqual(cost(await asking.ask({}, target)), nothing);
      }
    });
  }
});
