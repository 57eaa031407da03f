import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { PictureSpec } from '../../../src/model/picture-spec.ts';
import type { Gate } from '../../../src/origin/gate.ts';
import { fullBrowser } from '../../../src/render/browser/find-browser.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import {
  assertMiddle,
  filled,
  generic,
  green,
  html,
  openLoopback,
  startTestRenderer,
  type TestRenderer,
} from '../harness.ts';

// Cards are drawn by the headless shell that comes with npm wherever it runs; elsewhere by a Chromium or Chrome of the
// system. These tests draw with both, where this machine has both.
const full = fullBrowser();
const lacks = full === undefined && 'this machine has no Chromium or Chrome in its PATH';

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"><rect width="100%" height="100%" fill="rgb(0,170,0)"/></svg>`;

let origin: Origin;
let gate: Gate;
let shell: TestRenderer;
let other: TestRenderer | undefined;
before(async () => {
  origin = await startOrigin((_, res) => res.setHeader('content-type', 'image/svg+xml').end(svg));
  gate = await openLoopback();
  shell = await startTestRenderer({ proxyServer: gate.url });
  if (full !== undefined) other = await startTestRenderer({ proxyServer: gate.url, browser: full });
});
after(async () => {
  await Promise.all([shell, other, gate, origin].map((one) => one?.[Symbol.asyncDispose]()));
});

for (const which of ['the headless shell', 'a full Chromium'] as const) {
  const skip = which === 'a full Chromium' && lacks;
  const renderer = (): TestRenderer => (which === 'a full Chromium' ? (other ?? shell) : shell);

  /** What the origin is asked for while three cards are drawn: an icon of the first would come before the third is done. */
  const requestsFor = async (head: string, body: string): Promise<Set<string>> => {
    origin.heard.length = 0;
    for (const page of ['one', 'two', 'three'])
      await assertMiddle(await renderer().draw(`${origin.url}/${page}`, html(body, head)), green);
    return new Set(origin.heard.map(({ target }) => target));
  };

  describe(`a card that ${which} draws`, { skip }, () => {
    it('asks the site for what its picture needs, and for no icon', async () => {
      const icons = ['icon', 'shortcut icon', 'apple-touch-icon', 'mask-icon', 'manifest']
        .map((rel) => `<link rel="${rel}" href="/${rel.replace(' ', '-')}">`)
        .join('');
      const picture = `<img src="/picture.svg" style="${filled}">`;
      assert.deepEqual(await requestsFor('', picture), new Set(['/picture.svg']));
      assert.deepEqual(await requestsFor(icons, picture), new Set(['/picture.svg']));
    });

    it('shows an icon that the page itself shows, and what else is of no usual type', async () => {
      assert.deepEqual(await requestsFor('', `<img src="/favicon.ico" style="${filled}">`), new Set(['/favicon.ico']));
      const object = `<object data="/untyped" style="${filled}"></object>`;
      assert.deepEqual(await requestsFor('', object), new Set(['/untyped']));
    });
  });
}

const lines = [
  ['Žßæ fig', ''],
  ['Žßæ fig', 'font-family:serif'],
  ['Žßæ fig', 'font-family:monospace'],
  ['Žßæ fig', 'font-weight:700'],
  ['Žßæ fig', 'font-family:Nowhere'],
  ['汉语直门骨', ''],
  ['汉语直门骨', 'font-weight:700'],
  ['あカ日本語', ''],
  ['한국어', ''],
  ['العربية', ''],
  ['हिन्दी', ''],
  ['ภาษาไทย', ''],
  ['🎉🦊👍🏽🇩🇪', ''],
] as const;
const lineHeight = 48; // CSS pixels

/** Of each line how much the ink takes and where: versions of Chromium round its edges differently, other fonts put it elsewhere. */
async function inkOf(renderer: TestRenderer): Promise<number[][]> {
  const text = lines.map(([line, style]) => `<p style="${style}">${line}</p>`).join('');
  const styles = `<style>p{margin:0 20px;font:30px/${lineHeight}px sans-serif;white-space:nowrap;overflow:hidden}</style>`;
  const frame: PictureSpec = { ...generic, formats: ['image/png'] };
  const { bytes, width } = await renderer.draw('http://127.0.0.1:9/', html(text, styles, ' lang="en"'), { frame });
  const height = lineHeight * frame.scale;
  return Promise.all(
    lines.map(async (_, line) => {
      const row = await sharp(bytes)
        .extract({ left: 0, top: line * height, width, height })
        .png()
        .toBuffer();
      const { info } = await sharp(row).trim({ background: '#fff' }).toBuffer({ resolveWithObject: true });
      return [info.width, info.height, info.trimOffsetLeft ?? 0, info.trimOffsetTop ?? 0];
    }),
  );
}

describe('a full Chromium', { skip: lacks }, () => {
  it('draws text in the fonts that the headless shell draws it in', async () => {
    assert.ok(other !== undefined);
    const [expected, found] = [await inkOf(shell), await inkOf(other)];
    for (const [index, [text, style]] of lines.entries()) {
      const apart = expected[index]?.map((edge, at) => Math.abs(edge - (found[index]?.[at] ?? 0))) ?? [Infinity];
      assert.ok(Math.max(...apart) <= 3, `${text} ${style}: ${found[index]} in place of ${expected[index]}`);
    }
  });

  it('draws a template, an image that is loaded late and the end of an animation', async () => {
    assert.ok(other !== undefined);
    const box = `<div style="${filled};animation:a 60s both"></div>`;
    const keyframes = '<style>@keyframes a { from { background: red } to { background: rgb(0,170,0) } }</style>';
    await assertMiddle(await other.draw('http://127.0.0.1:9/', html(box, keyframes)), green, 'animation');
    const late = `<img loading="lazy" src="${origin.url}/late.svg" style="${filled}">`;
    await assertMiddle(await other.draw(`${origin.url}/page`, html(late)), green, 'lazy image');
    const template = `red<template id="ogplus"><div style="${filled};background:rgb(0,170,0)"></div></template>`;
    await assertMiddle(await other.draw('http://127.0.0.1:9/', html(template)), green, 'template');
  });
});
