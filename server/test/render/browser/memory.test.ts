import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { mostTasks } from '../../../src/render/browser/process/browser-watch.ts';
import { ProcessTable } from '../../../src/render/browser/process/process-table.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { isRunning } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { assertMiddle, filled, green, html, startTestRenderer } from '../harness.ts';

const notLinux = process.platform !== 'linux' && 'only Linux tells how much memory a process has';
// As long as a busy machine needs to fill the memory: the drawing ends then.
const budget = milliseconds(60_000);
const megabytes = (count: number) => count * 1_000_000;

/** A page that fills so much memory and keeps it until its picture is taken. */
const filling = (size: number, more = '') =>
  html(`<script>
    const kept = [];
    for (let filled = 0; filled < ${size}; filled += 50) kept.push(new Uint8Array(50e6).fill(filled % 255 + 1));
    ${more}
  </script><div style="${filled};background:#0a0"></div>`);
// What is in view is waited for.
const held = '<img src="/held" style="position:fixed;inset:0;width:100vw;height:100vh">';
const bomb = html(`<script>
  const kept = [];
  (function more() { kept.push(new Uint8Array(50e6).fill(1)); setTimeout(more); })();
</script>${held}`);

let origin: Origin;
before(async () => {
  origin = await startOrigin((req, res) => {
    if (req.url === '/moment') setTimeout(() => res.writeHead(404).end(), 1000); // as long as a few looks take
  });
});
after(() => origin[Symbol.asyncDispose]());

describe('a page that takes more memory than the browser may', { skip: notLinux }, () => {
  it('is refused, while the pages beside it are drawn', async () => {
    await using renderer = await startTestRenderer({ browserMemory: megabytes(900), budget });
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

/** Whether the log tells of an end, and why. */
function startTold(options: Parameters<typeof startTestRenderer>[0]) {
  const told: string[] = [];
  const warn = (_: object, message: string) => void told.push(message);
  return startTestRenderer({ ...options, log: { info: () => {}, warn } }).then((renderer) => ({ renderer, told }));
}

describe('a page that takes memory when nobody looks', { skip: notLinux }, () => {
  const fill = 'const kept = []; for (let n = 0; n < 100; n++) kept.push(new Uint8Array(50e6).fill(n + 1)); for (;;);';

  it('is ended while nothing is drawn, too', async () => {
    // More than this is used as soon as a browser is there, and no drawing is asked for.
    const { renderer, told } = await startTold({ browserMemory: megabytes(1), renderers: 1 });
    await using _ = renderer;
    await until('it is ended', () => told.some((line) => /^out of memory: the (page|browser) was ended/.test(line)));
    assert.equal(renderer.started, 0);
  });

  it('is ended while the browser is kept from answering', async () => {
    const { renderer, told } = await startTold({ browserMemory: megabytes(900), renderers: 1, budget });
    await using _ = renderer;
    await renderer.check();
    const busy =
      'const other = new Blob(["for (;;) postMessage(0)"]); for (let n = 0; n < 9; n++) new Worker(URL.createObjectURL(other));';
    const titles = `setInterval(() => { for (let n = 0; n < 9000; n++) document.title = n + 'x'.repeat(4000) });`;
    const page = html(
      `<script>${titles} ${busy} new Worker(URL.createObjectURL(new Blob([${JSON.stringify(fill)}])))</script>`,
    );
    await renderer.draw(`${origin.url}/page`, page, { partition: 'hostile' }).catch(() => {});
    assert.ok(
      told.some((line) => /^out of memory/.test(line)),
      told.join(),
    );
    await assertMiddle(await renderer.draw(`${origin.url}/page`, filling(0), { partition: 'quiet' }), green);
  });
});

/** Threads of the browsers with these ids, with all the processes that they started. */
async function threadsOf(browsers: readonly number[]): Promise<number> {
  const processes = [...(await new ProcessTable().look(new Set(browsers))).values()].flat();
  return processes.reduce((sum, { threads }) => sum + threads, 0);
}

describe('a page that makes two thousand threads', { skip: notLinux }, () => {
  it('is ended, and takes none of what another browser may have', async () => {
    // As long as a busy machine needs to make them: the drawing ends with them.
    await using renderer = await startTestRenderer({ budget: milliseconds(30_000) });
    await renderer.check();
    const workers = `for (let n = 0; n < 2000; n++) new Worker('data:text/javascript,for (;;) ;');`;
    // Which limit it meets first (threads, the clock that cannot advance, a crash of its own) is a matter of the machine.
    const hostile = assert.rejects(
      renderer.draw(`${origin.url}/page`, html(`<script>${workers}</script>${held}`), { partition: 'hostile' }),
      (error) => error instanceof Problem && error.type === 'render-failed',
    );
    let isOver = false;
    hostile.finally(() => {
      isOver = true;
    });
    while (!isOver)
      await assertMiddle(await renderer.draw(`${origin.url}/page`, filling(0), { partition: 'quiet' }), green);
    await hostile;
    await until('its threads are gone', async () => (await threadsOf(renderer.browsers)) < mostTasks);
    await assertMiddle(await renderer.draw(`${origin.url}/page`, filling(0), { partition: 'quiet' }), green);
  });
});
