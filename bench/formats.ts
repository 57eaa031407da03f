import sharp from 'sharp';
import { pages, startSite } from '../examples/gallery/site.ts';
import { renderOptionsOf } from '../server/src/cards/render-options.ts';
import { readDocument } from '../server/src/document/read-document.ts';
import { generic } from '../server/src/model/consumers.ts';
import type { PictureSpec } from '../server/src/model/picture-spec.ts';
import { milliseconds } from '../server/src/model/units.ts';
import { pageTags } from '../server/src/origin/tags.ts';
import { prepareDocument } from '../server/src/render/document/prepare-document.ts';
import { startRenderer } from '../server/src/render/start-renderer.ts';
import { meanSsim } from './likeness.ts';
import type { Row } from './statistics.ts';

/**
 * Bytes and likeness (mean SSIM to the picture without loss; 1 is the same) of what is sent for each page of the gallery,
 * beside always PNG and always JPEG 85.
 */
export async function benchFormats(): Promise<Row[]> {
  await using site = await startSite(0);
  await using renderer = await startRenderer({
    browser: process.env['OGPLUS_BROWSER'],
    renderers: 1,
    queueLimit: 1,
    budget: milliseconds(8000),
    proxyServer: undefined,
    read: async (bytes, headers) => readDocument(bytes, headers),
    log: { info() {}, warn() {} },
  });
  const rows: Row[] = [];
  const sums = { ours: 0, png: 0, jpeg: 0 };
  for (const page of pages) {
    const response = await fetch(`${site.url}/${page}.html`);
    const body = Buffer.from(await response.arrayBuffer());
    const headers = [...response.headers];
    const read = readDocument(body, headers);
    const fetched = { url: response.url, status: response.status, headers, ...read };
    const draw = async (frame: PictureSpec) => {
      const document = prepareDocument(fetched, frame, renderOptionsOf(pageTags(read.reading.metaTags)));
      return (await renderer.render({ document, partition: 'bench' })).bytes;
    };
    const ours = await draw(generic.spec);
    const without = await draw({ ...generic.spec, formats: ['image/png'], soft: generic.spec.max });
    const png = await sharp(without).png().toBuffer();
    const jpeg = await sharp(without).jpeg({ quality: 85 }).toBuffer();
    sums.ours += ours.length;
    sums.png += png.length;
    sums.jpeg += jpeg.length;
    const { format = '' } = await sharp(ours).metadata();
    rows.push({
      what: `picture of "${page}" (kB, SSIM)`,
      ours: `${format} ${kB(ours.length)}, ${await mean(ours, without)}`,
      theirs: `PNG ${kB(png.length)}; JPEG 85 ${kB(jpeg.length)}, ${await mean(jpeg, without)}`,
      ratio: (ours.length / png.length).toFixed(2),
      aim: '',
    });
  }
  const theirs = `PNG ${kB(sums.png)}; JPEG 85 ${kB(sums.jpeg)}`;
  rows.push({
    what: 'all of them (kB)',
    ours: kB(sums.ours),
    theirs,
    ratio: (sums.ours / sums.png).toFixed(2),
    aim: '',
  });
  return rows;
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(0);
}

async function mean(picture: Buffer, original: Buffer): Promise<string> {
  return (await meanSsim(picture, original)).toFixed(4);
}
