import { after, before, describe, it } from 'node:test';
import { assertMiddle, green, html, small, startTestRenderer, type TestRenderer } from '../harness.ts';

let renderer: TestRenderer;
before(async () => {
  renderer = await startTestRenderer({ renderers: 1 });
});
after(async () => {
  await renderer[Symbol.asyncDispose]();
});

const styles = '<style>body{background:#f00}[data-ogplus=slack] body{background:#0a0}</style>';

// What frameworks do that draw the whole document, where it differs from what the server sent.
const ways = {
  'takes all attributes off the root': 'for (const { name } of [...root.attributes]) root.removeAttribute(name)',
  'puts another root in its place':
    'const other = document.createElement("html"); other.append(...root.childNodes); root.replaceWith(other)',
  'puts another root in its place, twice, and takes the attributes off':
    'for (let n = 0; n < 2; n++) { const last = document.documentElement; const other = document.createElement("html");' +
    ' other.append(...last.childNodes); last.replaceWith(other); } document.documentElement.removeAttribute("data-ogplus")',
};

describe('a page whose framework makes the document anew', () => {
  for (const [what, code] of Object.entries(ways)) {
    for (const [when, script] of [
      ['while it loads', `const root = document.documentElement; ${code}`],
      ['when it is loaded', `onload = () => { const root = document.documentElement; ${code} }`],
    ] as const) {
      it(`keeps data-ogplus where it ${what} ${when}`, async () => {
        const page = html('<p>text', styles, ' lang="en"').replace('</body>', `<script>${script}</script></body>`);
        const url = `https://example.com/${when.replaceAll(' ', '-')}`;
        const drawing = await renderer.draw(url, page, { frame: { ...small, consumer: 'slack' } });
        await assertMiddle(drawing, green);
      });
    }
  }
});
