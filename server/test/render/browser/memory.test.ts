import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { assertMiddle, filled, green, html, isRunning, startTestRenderer } from '../harness.ts';

const notLinux = process.platform !== 'linux' && 'only Linux tells how much memory a process has';
const megabytes = (count: number) => count * 1_000_000;

/** A page that fills so much memory and keeps it until its picture is taken. */
const filling = (size: number, more = '') =>
  html(`<script>
    const kept = [];
    for (let filled = 0; filled < ${size}; filled += 50) kept.push(new Uint8Array(50e6).fill(filled % 255 + 1));
    ${more}
  </script><div style="${filled};background:#0a0"></div>`);
const bomb = html(`<script>
  const kept = [];
  (function more() { kept.push(new Uint8Array(50e6).fill(1)); setTimeout(more); })();
</script><img src="/held">`);

let origin: Origin;
before(async () => {
  origin = await startOrigin((req, res) => {
    if (req.url === '/moment') setTimeout(() => res.writeHead(404).end(), 1000); // as long as a few looks take
  });
});
after(() => origin[Symbol.asyncDispose]());

describe('a page that takes more memory than the browser may', { skip: notLinux }, () => {
  it('is refused, while the pages beside it are drawn', async () => {
    await using renderer = await startTestRenderer({ browserMemory: megabytes(900), budget: milliseconds(8000) });
    await renderer.check();
    const refused = assert.rejects(
      renderer.draw(`${origin.url}/page`, bomb, { partition: 'hostile' }),
      (error) => error instanceof Problem && error.type === 'render-failed' && /crashed/.test(error.message),
    );
    let isOver = false;
    refused.finally(() => {
      isOver = true;
    });
    let drawn = 0;
    while (!isOver) {
      const picture = await renderer.draw(`${origin.url}/page`, filling(0), { partition: `honest ${drawn++ % 3}` });
      await assertMiddle(picture, green);
    }
    await refused;
    assert.ok(drawn > 0);
    await assertMiddle(await renderer.draw(`${origin.url}/page`, filling(0)), green);
  });
});

describe('a browser that nears its limit of memory', { skip: notLinux }, () => {
  it('gives its place to a new one, and no drawing notices', async () => {
    await using renderer = await startTestRenderer({ browserMemory: megabytes(1200) });
    await renderer.check();
    const heavy = filling(950, `document.write('<img src="/moment" style="display:none">');`);
    const picture = await renderer.draw(`${origin.url}/page`, heavy);
    assert.equal(picture.complete, true);
    await assertMiddle(picture, green);
    await until('another one is up', () => renderer.browsers.length === 2);
    await until('the old one is gone', () => !isRunning(renderer.browsers[0] ?? 0));
    await assertMiddle(await renderer.draw(`${origin.url}/page`, filling(0)), green);
    assert.equal(renderer.browsers.length, 2);
  });

  it('draws on where it stays below', async () => {
    await using renderer = await startTestRenderer({ browserMemory: megabytes(1200) });
    const heavy = filling(300, `document.write('<img src="/moment" style="display:none">');`);
    for (let round = 0; round < 3; round++) await assertMiddle(await renderer.draw(`${origin.url}/page`, heavy), green);
    assert.equal(renderer.browsers.length, 1);
  });
});
