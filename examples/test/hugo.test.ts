import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertOgTag } from '../../client/testing/index.ts';
import { drawn, Example, nothing, revalidated } from './example.ts';
import { connectionUrl, siteUrl } from './site.ts';

const brick = [181, 67, 46] as const;

describe('the Hugo example', () => {
  const hugo = new Example({
    name: 'hugo',
    build: ['hugo', '--cleanDestinationDir'],
    start: () => ['node', '../static-host.mjs', 'public'],
    env: { HUGO_BASEURL: siteUrl, HUGO_PARAMS_CONNECTIONURL: connectionUrl },
  });

  hugo.page('/', { keptFor: 3600, accent: brick }); // `_headers`
  hugo.page('/journeys/%C3%BCber-den-gotthard/', { keptFor: 3600, accent: brick }); // a template
  hugo.page('/about/', { keptFor: 86_400, accent: brick }); // a tag out of the front matter

  it('describes a page without a description by its summary, as plain text', async () => {
    const response = await hugo.fetch('/journeys/%C3%BCber-den-gotthard/');
    await assertOgTag(response, 'og:description', 'The church of Wassen goes by three times: below, beside & above.');
  });

  it('is asked after the hour, and not drawn where the file is the same', async () => {
    const target = '/journeys/kyle-line/';
    assert.deepEqual(await hugo.cost(target), drawn);
    hugo.test.clock.move(3590);
    assert.deepEqual(await hugo.cost(target), nothing);
    hugo.test.clock.move(20);
    assert.deepEqual(await hugo.cost(target), revalidated);
  });
});
