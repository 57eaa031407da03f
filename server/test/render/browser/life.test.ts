import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { endWithTests } from '../../harness/child-processes.ts';
import { type Origin, startOrigin } from '../../harness/origin.ts';
import { isRunning, processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { html, pageProcesses, profilesOf, startTestRenderer } from '../harness.ts';

let origin: Origin;
before(async () => {
  origin = await startOrigin(() => {}); // answers nothing: what loads from it is under way for ever
});
after(() => origin[Symbol.asyncDispose]());

describe('a renderer that is stopped', () => {
  it('leaves no process and no folder, however often it is told', async () => {
    const renderer = await startTestRenderer();
    await renderer.draw(`${origin.url}/page`, html('text'));
    const tree = processTree(renderer.browsers[0] ?? 0);
    assert.ok(tree.length > 2);
    assert.equal(profilesOf(process.pid).length, 1);
    await Promise.all([renderer[Symbol.asyncDispose](), renderer[Symbol.asyncDispose]()]);
    await renderer[Symbol.asyncDispose]();
    assert.deepEqual(profilesOf(process.pid), []);
    await until('all processes are gone', () => !tree.some(isRunning));
    await assert.rejects(renderer.draw(`${origin.url}/page`, html('text')), isStopping);
    await assert.rejects(renderer.check(), isStopping);
  });

  it('gives up what does not end within a short grace', async () => {
    const renderer = await startTestRenderer({ budget: milliseconds(3_600_000) });
    await renderer.check();
    origin.heard.length = 0;
    const drawing = assert.rejects(renderer.draw(`${origin.url}/page`, html('<img src="/held">')), isStopping);
    await until('the page loads', () => origin.heard.length === 1);
    await renderer[Symbol.asyncDispose]();
    await drawing;
  });

  it('lets a drawing end that needs a moment', async () => {
    const renderer = await startTestRenderer({ stopGrace: milliseconds(3_600_000) });
    await renderer.check();
    const asked = Promise.withResolvers<ServerResponse>();
    await using held = await startOrigin((_, res) => asked.resolve(res));
    const drawing = renderer.draw(`${held.url}/page`, html('<img src="/late">'));
    const image = await asked.promise;
    const stopped = renderer[Symbol.asyncDispose]();
    image.writeHead(404).end();
    assert.equal((await drawing).complete, true);
    await stopped;
  });

  it('stops while its browser is still starting', async () => {
    const renderer = await startTestRenderer();
    await renderer[Symbol.asyncDispose]();
    assert.deepEqual(profilesOf(process.pid), []);
  });
});

describe('a browser that has drawn many pages', () => {
  it('gives its place to a new one, and no drawing notices', async () => {
    await using renderer = await startTestRenderer({ rendersPerBrowser: 5 });
    const page = html('<h1>text</h1>');
    let rounds = 0;
    // A new one starts behind the drawings: how many go by meanwhile is the machine's affair.
    for (; renderer.browsers.length < 3 && rounds < 200; rounds++) {
      const both = ['a', 'b'].map((partition) => renderer.draw(`${origin.url}/page`, page, { partition }));
      for (const picture of await Promise.all(both)) assert.equal(picture.complete, true);
    }
    await until('the old ones are gone', () => renderer.browsers.filter(isRunning).length === 2);
    assert.ok(renderer.browsers.length > 2, `${renderer.browsers.length} browsers`);
    assert.equal(renderer.started, 2 * rounds);
    await renderer.check();
  });

  it('ends with the renderer while it gives its place', async () => {
    const renderer = await startTestRenderer({ rendersPerBrowser: 1 });
    await renderer.draw(`${origin.url}/page`, html('text'));
    await renderer[Symbol.asyncDispose]();
    await until('all are gone', () => !renderer.browsers.some(isRunning));
    assert.deepEqual(profilesOf(process.pid), []);
  });
});

const whereFramesAreOurs = process.platform !== 'linux' && 'elsewhere it draws by itself, and ends with its tab';
const onLinux = process.platform !== 'linux' && 'the environment of another process is only seen on Linux';

describe('the browser of a service', () => {
  for (const [what, ending, signal] of [
    ['that is killed', '', 'SIGKILL'],
    ['that is killed while a page computes for ever', 'busy', 'SIGKILL'],
    ['that exits without stopping it', 'exit', 'SIGUSR2'],
    ['that dies of an error', 'throw', 'SIGUSR2'],
    ['that is killed while its browser is stopped', 'stopped', 'SIGKILL'],
  ] as const) {
    it(`ends with a service ${what}, and its profile folder goes`, {
      skip: ending === 'stopped' && onLinux,
    }, async () => {
      const program = fileURLToPath(new URL('../processes/draw-and-wait.ts', import.meta.url));
      const child = endWithTests(
        spawn(process.execPath, [program, `${origin.url}/page`, ending], { stdio: ['ignore', 'pipe', 'ignore'] }),
      );
      const parent = child.pid ?? 0;
      const said = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
      const tree = processTree(Number(/^browser (\d+)/.exec(said)?.[1]));
      assert.ok(tree.length > 2);
      assert.equal(profilesOf(parent).length, 1);
      const ended = new Promise((resolve) => child.once('close', resolve));
      // Nothing that is stopped hears that its pipe was closed.
      if (ending === 'stopped') for (const pid of tree.filter(isBrowser)) process.kill(pid, 'SIGSTOP');
      child.kill(signal);
      await ended;
      await until('all processes are gone', () => !tree.some(isRunning));
      // With all of its processes gone in one moment, the folder is for the next start to sweep.
      if (ending === 'stopped') await (await startTestRenderer())[Symbol.asyncDispose]();
      await until('the profile folder is gone', () => profilesOf(parent).length === 0);
    });
  }

  it('gets nothing of the service: no environment, no port', { skip: onLinux }, async () => {
    process.env['A_SECRET_OF_THE_SERVICE'] = 'secret';
    try {
      await using renderer = await startTestRenderer();
      await renderer.check();
      for (const pid of processTree(renderer.browsers[0] ?? 0)) {
        const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''); // it ended in this moment
        assert.ok(!(await read('environ')).includes('A_SECRET_OF_THE_SERVICE'));
        const command = await read('cmdline');
        for (const flag of [
          '--single-process',
          '--disable-web-security',
          '--allow-running-insecure-content',
          '--remote-debugging-port',
        ]) {
          assert.ok(!command.includes(flag), flag);
        }
      }
    } finally {
      delete process.env['A_SECRET_OF_THE_SERVICE'];
    }
  });

  it('holds a page for each website that it drew and one for the next, no more', {
    skip: whereFramesAreOurs,
  }, async () => {
    await using renderer = await startTestRenderer({ renderers: 1 });
    await renderer.check();
    const pages = () => pageProcesses(renderer.browsers[0] ?? 0).length;
    await until('the tab that it starts with is closed, and a page is ready', () => pages() === 1);
    for (const [partition, count] of [
      ['one', 2],
      ['another', 3],
      ['one', 3],
    ] as const) {
      await renderer.draw('http://127.0.0.1:1/page', html('text'), { partition });
      await until(`there are ${count}`, () => pages() === count);
    }
  });

  it('sweeps the folder of one that the machine took down', async () => {
    const left = join(tmpdir(), 'ogplus-browser-999999999-left'); // above every process id there is
    mkdirSync(join(left, 'Default'), { recursive: true });
    try {
      await using renderer = await startTestRenderer();
      await renderer.check();
      assert.deepEqual(profilesOf(999_999_999), []);
    } finally {
      rmSync(left, { recursive: true, force: true });
    }
  });
});

/** Whether it is Chromium's first process, or one that it started; the shell around it is none. */
function isBrowser(pid: number): boolean {
  try {
    return !/^\/bin\/sh|^sleep/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false; // it ended in this moment
  }
}

function isStopping(error: unknown): boolean {
  return error instanceof Problem && error.type === 'stopping';
}
