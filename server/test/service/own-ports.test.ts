import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Website } from '../../src/model/website.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { isClose, pixel } from '../harness/pixels.ts';
import { startTestService, type TestService } from '../harness/service.ts';

const colours = { red: [255, 0, 0], green: [0, 170, 0] } as const;
const cover = 'position:fixed;inset:0;width:100%;height:100%;border:0';

let test: TestService;
let origin: Origin;
let website: Website;
let port: string;

before(async () => {
  // All of loopback is open: what stays closed is closed because it is the service itself.
  test = await startTestService({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8,::1' });
  origin = await startOrigin(page());
  website = await test.website(origin.url);
  ({ port } = new URL(test.service.address));
});
after(async () => {
  await test[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const cacheable = { 'Cache-Control': 'max-age=3600' };

describe('the service itself, though its network is open,', () => {
  for (const host of ['127.0.0.1', 'localhost', '127.0.0.9', '2130706433', '[::1]', '[::ffff:127.0.0.1]']) {
    it(`is no website: ${host}`, async () => {
      const own = await test.website(`http://${host}:${port}`).catch(() => undefined);
      if (own === undefined) return; // spelled differently, it is the one that was made before
      for (const target of ['/metrics', '/healthz', '/readyz', '/api/v1/page', '/']) {
        const response = await test.card(own, target);
        assert.equal(response.status, 403, `${target}: ${response.body}`);
        assert.match(response.body.toString(), /is this service itself/);
      }
    });
  }

  it('is not redirected to', async () => {
    origin.answer = (_, res) => res.writeHead(302, { Location: `http://127.0.0.1:${port}/metrics` }).end();
    assert.equal((await test.card(website, '/redirected')).status, 403);
  });

  it('is not loaded by a page: neither cards nor metrics, in any spelling', async () => {
    origin.answer = page({ headers: cacheable, body: '<style>html{background:#f00}</style>' });
    const red = await test.card(website, '/red');
    assert.ok(isClose(await pixel(red.body, 9, 9), colours.red));

    const card = `/api/websites/v1/domain/${website.publicKey}/image/red`;
    for (const url of [
      `http://127.0.0.1:${port}${card}`,
      `http://localhost:${port}${card}`,
      `http://127.9.9.9:${port}${card}`,
      `http://[::1]:${port}${card}`,
      `http://${website.connection}.localhost:${port}/red`,
    ]) {
      const body = `<style>html{background:#0a0}</style><img style="${cover}" src="${url}"><iframe hidden src="${url}"></iframe>`;
      origin.answer = page({ body });
      const drawn = await test.card(website, `/embeds?${encodeURIComponent(url)}`);
      assert.ok(isClose(await pixel(drawn.body, 400, 400), colours.green), url);
    }
  });

  it('leaves other ports of its host open', async () => {
    const square =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#f00"/></svg>';
    await using other = await startOrigin((_, res) =>
      res.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(square),
    );
    origin.answer = page({ body: `<img style="${cover}" src="${other.url}/red.svg">` });
    const drawn = await test.card(website, '/embeds-another');
    assert.ok(isClose(await pixel(drawn.body, 1200, 630), colours.red));
  });
});
