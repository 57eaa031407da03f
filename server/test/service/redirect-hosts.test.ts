import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRedirectHost } from '../../src/websites/parse.ts';
import { Asking } from '../harness/asking.ts';
import { page, startOrigin } from '../harness/origin.ts';

const asking = new Asking();

describe('a page that redirects to another website', () => {
  it('is drawn only where the settings allow that host, from the next request on', async () => {
    await using other = await startOrigin(page());
    const { store } = asking.test.service;
    asking.origin.answer = (_, res) => void res.writeHead(302, { Location: `${other.url}/there` }).end();
    const refused = await asking.ask();
    assert.equal(refused.status, 403);
    assert.match(refused.body.toString(), /problems\/address-refused".*another website/);
    assert.deepEqual(other.heard, []);

    await store.websites.changeSettings(asking.website.id, {
      redirectHosts: [parseRedirectHost(new URL(other.url).host)],
    });
    assert.equal((await asking.ask()).status, 200);
    assert.deepEqual(
      other.heard.map(({ target }) => target),
      ['/there'],
    );

    await store.websites.changeSettings(asking.website.id, { redirectHosts: [] });
    assert.equal((await asking.ask()).status, 403);
  });

  it('may not go on from the allowed host to a third one, nor to what the guard closes', async () => {
    await using third = await startOrigin(page());
    let onward = `${third.url}/there`;
    await using other = await startOrigin((_, res) => void res.writeHead(302, { Location: onward }).end());
    const hosts = [parseRedirectHost(new URL(other.url).host), parseRedirectHost('10.1.2.3')];
    await asking.test.service.store.websites.changeSettings(asking.website.id, { redirectHosts: hosts });
    asking.origin.answer = (_, res) => void res.writeHead(302, { Location: other.url }).end();
    assert.equal((await asking.ask()).status, 403);
    assert.deepEqual(third.heard, []);
    onward = 'http://10.1.2.3/';
    assert.match((await asking.ask({}, '/closed')).body.toString(), /private address/);
  });
});
