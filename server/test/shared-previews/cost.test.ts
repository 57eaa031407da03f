import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { networkFrames } from '../../src/model/networks/network-frames.ts';
import { callApi } from '../harness/api.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';

const asking = new Asking();
const crawler = { 'user-agent': 'Slackbot-LinkExpanding 1.0' };

async function share(): Promise<string> {
  const body = { target: asking.target };
  const { json } = await callApi(asking.test, asking.website, '/shared-previews', { method: 'POST', body });
  return new URL(json().url).pathname;
}
const picture = (path: string, consumer = 'facebook') => asking.test.ask(`${path}/pictures/${consumer}`);
/** Waits until nothing is being drawn ahead any more. */
const allPictures = (path: string) => Promise.all(networkFrames.map(({ consumer }) => picture(path, consumer)));
const purge = () =>
  callApi(asking.test, asking.website, '/purges', { method: 'POST', body: { kind: 'page', target: asking.target } });
const colour = async ({ body }: { body: Buffer }) => {
  const { data } = await sharp(body)
    .extract({ left: 9, top: 9, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return data[0] !== undefined && data[0] > 128 ? 'red' : 'blue';
};
const painted = (background: string, headers: Record<string, string>) =>
  page({ headers, body: `<style>body{background:${background}}</style>` });

describe('what a shared preview costs its website', () => {
  it('is nothing where cards are kept, also stale ones, and is counted nowhere', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=60' } });
    const path = await share();
    await allPictures(path);
    asking.test.clock.move(3600);
    const [fetches, renders] = [asking.origin.heard.length, asking.test.service.renderer.started];
    assert.equal((await picture(path)).status, 200);
    assert.equal((await asking.test.ask(path, crawler)).status, 200);
    assert.deepEqual([asking.origin.heard.length, asking.test.service.renderer.started], [fetches, renders]);
    const detail = (await callApi(asking.test, asking.website, `/page?target=${asking.target}`)).json();
    assert.deepEqual(detail.requests, []);
  });

  it('is one drawing a minute where nothing may be kept, however many look', async () => {
    asking.origin.answer = painted('red', { 'Cache-Control': 'no-store' });
    const path = await share();
    await allPictures(path);
    const { renderer } = asking.test.service;
    const renders = renderer.started;
    await Promise.all(Array.from({ length: 20 }, () => picture(path)));
    await allPictures(path);
    assert.equal(renderer.started, renders);
    asking.test.clock.move(61);
    await Promise.all([picture(path), picture(path)]);
    assert.equal(renderer.started, renders + 1);
  });

  for (const cacheControl of ['max-age=600', 'no-store']) {
    it(`shows nothing that was purged: ${cacheControl}`, async () => {
      asking.origin.answer = painted('red', { 'Cache-Control': cacheControl });
      const path = await share();
      assert.equal(await colour(await picture(path)), 'red');
      asking.origin.answer = painted('blue', { 'Cache-Control': cacheControl });
      assert.equal(await colour(await picture(path)), 'red');
      await purge();
      assert.equal(await colour(await picture(path)), 'blue');
    });
  }

  it('is forty drawings a minute at most', async () => {
    asking.origin.answer = painted('red', { 'Cache-Control': 'no-store' });
    const path = await share();
    let answer = await picture(path);
    for (let n = 0; n < 41 && answer.status === 200; n++) {
      await purge();
      answer = await picture(path);
    }
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers['retry-after']) > 0);
    asking.test.clock.move(60);
    assert.equal((await picture(path)).status, 200);
  });

  it('is 120 views a minute at most', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' } });
    const path = await share();
    const statuses = new Set<number>();
    for (let n = 0; n < 121; n++) statuses.add((await asking.test.ask(path, crawler)).status);
    assert.deepEqual([...statuses], [200, 429]);
  });
});
