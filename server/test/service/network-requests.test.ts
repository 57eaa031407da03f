import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { beforeEach, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { consumerNamed } from '../../src/model/consumers.ts';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

interface Row {
  readonly network: string;
  readonly consumer: string;
  readonly isHeard: boolean;
  readonly page: string;
  readonly picture: string;
  readonly tags: ReadonlyArray<{ readonly what: string; readonly tag: { readonly content: string } | null }> | null;
}

const asking = new Asking();
const requests = async (target = asking.target): Promise<readonly Row[]> => {
  const path = `/network-requests?target=${encodeURIComponent(target)}`;
  const { status, json } = await callApi(asking.test, asking.website, path);
  assert.equal(status, 200);
  return json().requests;
};
const of = async (network: string) => (await requests()).find((one) => one.network === network) ?? assert.fail(network);
const run = (line: string) => promisify(execFile)('sh', ['-c', line]);

beforeEach(() => {
  const head = `<meta property="og:title" content="It's here"><meta property="og:image" content="${asking.origin.url}/a picture.png">`;
  asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' }, head });
});

describe('the requests of networks for a page', () => {
  it('are commands that repeat them, for the page and for the picture that it names', async () => {
    await asking.ask();
    asking.origin.heard.length = 0;
    for (const { network, consumer, page: line, picture, isHeard } of await requests()) {
      await run(line);
      await run(picture);
      const [asked, shown] = asking.origin.heard.splice(0);
      const expected = consumerNamed(consumer)?.userAgent;
      assert.deepEqual([asked?.target, asked?.headers['user-agent']], [asking.target, expected], network);
      assert.deepEqual([shown?.target, shown?.headers['user-agent']], ['/a%20picture.png', expected], network);
      assert.equal(isHeard, false);
    }
  });

  it('have the header fields that the network sent to a crawler probe, where it did', async () => {
    const { json } = await callApi(asking.test, asking.website, '/probes', { method: 'POST' });
    const probe = new URL(json().url).pathname;
    const agent = { 'user-agent': "Slackbot-LinkExpanding 1.0 ('new')", 'accept-language': 'de', range: 'bytes=0-9' };
    await asking.test.ask(probe, agent);
    const { isHeard, page: line } = await of('slack');
    assert.equal(isHeard, true);
    await run(line);
    const { headers } = asking.origin.heard.at(-1) ?? assert.fail();
    const { 'user-agent': userAgent, 'accept-language': language, range, accept } = headers;
    assert.deepEqual({ 'user-agent': userAgent, 'accept-language': language, range }, agent);
    assert.equal(accept, undefined);
    assert.equal((await of('discord')).isHeard, false);
  });

  it('come with the tags that the network reads', async () => {
    assert.equal((await of('slack')).tags, null);
    await asking.ask();
    const { tags } = await of('slack');
    const read = tags?.map(({ what, tag }) => [what, tag?.content ?? null]);
    assert.deepEqual(read, [
      ['title', "It's here"],
      ['description', null],
      ['picture', `${asking.origin.url}/a picture.png`],
      ['name of the site', null],
    ]);
  });

  it('ask for the card where the page names no picture', async () => {
    asking.origin.answer = page();
    const { picture } = await of('slack');
    assert.ok(picture.includes(`//${asking.website.connection}.localhost`) && picture.includes(asking.target), picture);
  });
});
