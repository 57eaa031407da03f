import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import { pages, type Site, startSite } from '../../../examples/gallery/site.ts';
import data from '../../src/model/consumers.json' with { type: 'json' };
import type { Website } from '../../src/model/website.ts';
import { isClose, pixel } from '../harness/pixels.ts';
import { type CardResponse, startTestService, type TestService } from '../harness/service.ts';

// `npm run pictures` makes them anew; look at each before it is committed.
const renew = process.env['OGPLUS_RENEW_PICTURES'] === '1';
const pictures = fileURLToPath(new URL('../../../examples/gallery/pictures/', import.meta.url));

// Pictures are kept and compared at this width: letters still count, the edges of their antialiasing do not.
const keptWidth = 600;
// pixelmatch's own measure of a colour difference that is seen, and which share of the pixels may show one: other versions
// of Chromium set text a fraction of a pixel apart.
const threshold = 0.1;
const mostDifferent = 0.01;

describe('the gallery', () => {
  let site: Site;
  let test: TestService;
  let website: Website;
  before(async () => {
    test = await startTestService();
    site = await startSite(0);
    website = await test.website(site.url);
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });

  const card = (page: string, consumer = 'generic'): Promise<CardResponse> =>
    test.card(website, `/${page}.html${consumer === 'generic' ? '' : `?ogplus_consumer=${consumer}`}`);

  for (const page of pages) {
    it(`has the card of "${page}" as it is kept`, async () => {
      await assertAsKept(await card(page), page);
    });
  }

  // One of each frame, and whoever has a template of its own.
  for (const consumer of ['twitter', 'linkedin', 'kakaotalk', 'pinterest']) {
    for (const page of ['template', 'networks']) {
      it(`has the card of "${page}" for ${consumer} as it is kept`, async () => {
        await assertAsKept(await card(page, consumer), `${page}-${consumer}`);
      });
    }
  }

  for (const { name, width, height, scale, max, formats } of data.consumers) {
    it(`has a card that ${name} can show`, async () => {
      const { status, headers, body } = await card('template', name);
      assert.equal(status, 200);
      const found = await sharp(body).metadata();
      assert.deepEqual([found.width, found.height], [width * scale, height * scale]);
      assert.ok(formats.includes(headers['content-type'] ?? ''), headers['content-type']);
      assert.ok(body.length <= max);
      // One frame, one picture: of whom the kept one is, and of all others of that frame.
      const [same] = data.consumers.filter((other) => other.width === width && other.height === height);
      const kept = width === 1200 && height === 630 ? 'generic' : (same?.name ?? '');
      assert.equal(headers['etag'], (await card('template', kept)).headers['etag']);
    });
  }

  it('draws the template of each network, from edge to edge', async () => {
    const red = [193, 18, 31] as const;
    const green = [11, 122, 75] as const;
    const { body } = await card('networks');
    assert.ok(isClose(await pixel(body, 0, 1259), red) && isClose(await pixel(body, 2399, 0), green));
    const { body: tall } = await card('networks', 'pinterest');
    assert.ok(isClose(await pixel(tall, 1999, 0), red) && isClose(await pixel(tall, 0, 2999), green));
  });

  it('has flat cards without loss, and a painted one with little', async () => {
    for (const [page, type] of [
      ['networks', 'image/png'],
      ['style', 'image/png'],
      ['languages', 'image/png'],
      ['photograph', 'image/jpeg'],
    ] as const) {
      assert.equal((await card(page)).headers['content-type'], type, page);
    }
  });

  it('would not take one card for another', async () => {
    const shown = await small((await card('style')).body);
    const other = await small(await readFile(`${pictures}template.webp`));
    assert.ok(differing(shown, other) > mostDifferent);
  });

  it('has no page without a kept picture', async () => {
    const index = await (await fetch(site.url)).text();
    for (const page of pages) assert.match(index, new RegExp(`href="/${page}.html"`));
  });
});

interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

async function small(picture: Buffer): Promise<Pixels> {
  const { data: bytes, info } = await sharp(picture)
    .resize({ width: keptWidth })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: bytes, width: info.width, height: info.height };
}

/** The share of pixels in which two pictures are seen to differ. */
function differing(a: Pixels, b: Pixels): number {
  assert.deepEqual([a.width, a.height], [b.width, b.height]);
  return pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold }) / (a.width * a.height);
}

async function assertAsKept({ status, body }: CardResponse, name: string): Promise<void> {
  assert.equal(status, 200);
  const path = `${pictures}${name}.webp`;
  if (renew) await writeFile(path, await sharp(body).resize({ width: keptWidth }).webp({ quality: 88 }).toBuffer());
  const share = differing(await small(body), await small(await readFile(path)));
  assert.ok(share <= mostDifferent, `${(share * 100).toFixed(2)} % of the pixels differ`);
}
