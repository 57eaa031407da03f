import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pageStatusKinds } from '../../src/model/page-status.ts';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { cells } from '../harness/page-states.ts';

const asking = new Asking({ OGPLUS_FAILURE_MEMORY_MS: '0' });

const askedOf = async (path: string) => (await callApi(asking.test, asking.website, path)).json();

describe('what the API says of a page that is', () => {
  for (const { kind, kept, says, reach } of cells) {
    it(`${kind}, where is kept: ${kept}`, async () => {
      await reach(asking, asking.target);
      const found = await askedOf(`/page?target=${encodeURIComponent(asking.target)}`);
      assert.match(found.status.says, says);
      assert.equal(found.status.kind, kind);
      assert.equal(
        found.explanation?.verdict ?? found.status.says,
        found.status.says,
        'one sentence, wherever it stands',
      );
      assert.equal(found.status.until !== null, kind === 'fresh');
      const [row] = (await askedOf(`/pages?search=${asking.target}`)).pages;
      if (kind === 'never-asked') assert.equal(row, undefined);
      // Of a page that forbids keeping anything, the list knows only that nothing is kept.
      else if (kind !== 'never-kept') assert.deepEqual(row.status, found.status);
    });
  }

  it('every state there is', () => {
    assert.deepEqual(new Set(cells.map(({ kind }) => kind)), new Set(pageStatusKinds));
  });
});

describe('a page that never gave a card', () => {
  it('is listed from its first failure, with the reason, the network and how often it was asked for', async () => {
    asking.origin.answer = (_, res) => void res.writeHead(503).end();
    const slack = { 'user-agent': 'Slackbot-LinkExpanding 1.0' };
    for (let n = 0; n < 2; n++) await asking.ask(slack);
    const { pages } = await askedOf(`/pages?state=failing&search=${asking.target}`);
    const [{ target, requests, failure }] = pages;
    assert.deepEqual([target, requests], [asking.target, 2]);
    assert.deepEqual([failure.says, failure.consumer], ['The page answers 503.', 'slack']);
    const { failures } = await askedOf('/attention');
    assert.deepEqual([failures[0].target, failures[0].consumer], [asking.target, 'slack']);
    const { requests: whoAsks } = await askedOf(`/page?target=${asking.target}`);
    assert.deepEqual(whoAsks, [{ consumer: 'slack', requests: 2 }]);
  });

  it('is listed as gone, if that is what it answers', async () => {
    asking.origin.answer = (_, res) => void res.writeHead(404, { 'Cache-Control': 'no-store' }).end();
    await asking.ask();
    const { pages } = await askedOf(`/pages?state=gone&search=${asking.target}`);
    assert.deepEqual(
      pages.map((page: { target: string; requests: number }) => [page.target, page.requests]),
      [[asking.target, 1]],
    );
  });
});
