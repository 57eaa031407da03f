import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { type Origin, page, startOrigin } from '../../harness/origin.ts';
import { pixel } from '../../harness/pixels.ts';
import { processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import {
  assertMiddle,
  green,
  html,
  killAll,
  pageProcesses,
  profilesOf,
  startTestRenderer,
  type TestRenderer,
} from '../harness.ts';
import { type HoldingOrigin, startHoldingOrigin, withHeldImage } from '../held-image.ts';

const isRoot = process.getuid?.() === 0;
const notLinux = process.platform !== 'linux' && 'only Linux shows what a process may do';
const notRoot = !isRoot && 'only root can start a browser as another user';

interface Line {
  readonly level: 'info' | 'warn';
  readonly facts: Record<string, unknown>;
  readonly message: string;
}

/** A renderer whose log is kept. */
async function startLogged(browser?: string, allowRoot = false): Promise<{ renderer: TestRenderer; lines: Line[] }> {
  const lines: Line[] = [];
  const log = (level: Line['level']) => (facts: object, message: string) =>
    void lines.push({ level, facts: { ...facts }, message });
  const renderer = await startTestRenderer({
    budget: milliseconds(4000),
    log: { info: log('info'), warn: log('warn') },
    allowRoot,
    ...(browser === undefined ? {} : { browser }),
  });
  await renderer.check().catch(() => {}); // the log tells, and the next drawing
  return { renderer, lines };
}

const factsOf = (lines: readonly Line[]) => lines.find(({ message }) => message === 'the browser is up')?.facts ?? {};
const browserOf = (lines: readonly Line[]) => Number(factsOf(lines)['browserPid']);
const statusOf = (pid: number, field: string) =>
  new RegExp(`^${field}:[ \\t]*(\\S*)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
/** The limit in force, and the one up to which a process may raise it. */
const limitsOf = (pid: number, name: string) =>
  new RegExp(`^${name} +(\\S+) +(\\S+)`, 'm').exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.slice(1) ?? [];

describe('the browser', { skip: notLinux }, () => {
  let renderer: TestRenderer;
  let lines: Line[];
  before(async () => {
    ({ renderer, lines } = await startLogged());
  });
  after(() => renderer[Symbol.asyncDispose]());

  it('says at its start whether it is sandboxed and who it runs as', () => {
    assert.equal(typeof factsOf(lines)['sandboxed'], 'boolean');
    assert.ok(['number', 'string'].includes(typeof factsOf(lines)['user']));
    const complaints = lines.filter(({ level }) => level === 'warn');
    assert.equal(complaints.length, factsOf(lines)['sandboxed'] ? 0 : 1);
  });

  it('runs its pages under a system call filter where it says that it is sandboxed', async (test) => {
    if (factsOf(lines)['sandboxed'] !== true) return test.skip('this machine allows no sandbox');
    await renderer.draw('http://127.0.0.2:9999/page', html('text'));
    const pages = pageProcesses(browserOf(lines));
    assert.ok(pages.length > 0);
    for (const pid of pages) assert.equal(statusOf(pid, 'Seccomp'), '2');
  });

  it('is another user than a service that is root, and owns nothing but its profile folder', { skip: notRoot }, () => {
    const user = Number(factsOf(lines)['user']);
    assert.ok(user > 0);
    for (const pid of processTree(browserOf(lines))) {
      assert.equal(statusOf(pid, 'Uid'), String(user));
      assert.equal(statusOf(pid, 'Gid'), String(user));
      assert.equal(statusOf(pid, 'Groups') ?? '', '');
    }
    const [profile = ''] = profilesOf(process.pid);
    const { uid, mode } = statSync(join(tmpdir(), profile));
    assert.equal(uid, user);
    assert.equal(mode & 0o077, 0);
  });

  it('may dump no core, and make only so many files and processes', () => {
    for (const pid of processTree(browserOf(lines))) {
      assert.deepEqual(limitsOf(pid, 'Max core file size'), ['0', '0']);
      assert.ok(limitsOf(pid, 'Max open files').every((limit) => Number(limit) <= 8192));
      if (isRoot) assert.deepEqual(limitsOf(pid, 'Max processes'), ['1500', '1500']);
    }
  });
});

describe('a browser whose files no other user can read', { skip: notRoot || notLinux }, () => {
  let folder: string;
  let program: string;
  before(async () => {
    const found = await findBrowser(undefined);
    assert.equal(found.kind, 'executable');
    folder = mkdtempSync(join(tmpdir(), 'ogplus-closed-')); // for its owner alone
    program = join(folder, 'browser');
    writeFileSync(program, `#!/bin/sh\nexec ${found.kind === 'executable' ? found.path : ''} "$@"\n`);
    chmodSync(program, 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is not started as root: no card is drawn, and the log says how to mend it', async () => {
    const { renderer, lines } = await startLogged(program);
    await using _ = renderer;
    await assert.rejects(
      renderer.draw('http://127.0.0.2:9999/page', html('text')),
      (error) => error instanceof Problem && error.type === 'render-failed' && /No browser/.test(error.message),
    );
    assert.deepEqual(factsOf(lines), {});
    assert.match(String(lines[0]?.facts['mend']), /OGPLUS_ALLOW_ROOT_BROWSER/);
    assert.equal(profilesOf(process.pid).length, 0, 'the attempts left nothing');
  });

  it('is root where a setting allows it, and the log says what is lost', async () => {
    const { renderer, lines } = await startLogged(program, true);
    await using _ = renderer;
    assert.deepEqual({ ...factsOf(lines), browserPid: 0 }, { browserPid: 0, sandboxed: false, user: 'as the service' });
    assert.deepEqual(
      lines
        .filter(({ level }) => level === 'warn')
        .map(({ message }) => /runs as root and without its sandbox/.test(message)),
      [true],
    );
    assert.equal(profilesOf(process.pid).length, 1, 'the attempts left nothing');
  });
});

describe('a browser that is killed whenever it starts', { skip: notLinux }, () => {
  it('is never started with less than the first had', async () => {
    const { renderer, lines } = await startLogged();
    await using _ = renderer;
    const { sandboxed } = factsOf(lines);
    const ups = () => lines.filter(({ message }) => message === 'the browser is up');
    for (let round = 0; round < 4; round++) {
      const known = ups().length;
      const profiles = new Set(profilesOf(process.pid));
      killAll(processTree(Number(ups().at(-1)?.facts['browserPid'])).slice(1));
      const drawing = renderer.draw('http://127.0.0.2:9999/page', html('text')).catch(() => {});
      // Killed as soon as it is there, before anyone could know whether it comes up.
      await until('another one starts', () => profilesOf(process.pid).some((name) => !profiles.has(name)));
      for (const pid of ownBrowsers()) killAll([pid]);
      await drawing;
      await until('a browser came up', async () => {
        await renderer.draw('http://127.0.0.2:9999/page', html('text')).catch(() => {});
        return ups().length > known;
      });
    }
    assert.ok(ups().length > 4);
    for (const { facts } of ups()) {
      assert.equal(facts['sandboxed'], sandboxed);
      assert.equal(facts['user'] === 'as the service', !isRoot);
    }
  });
});

/** The first processes of the browsers that this process started. */
function ownBrowsers(): number[] {
  return processTree(process.pid).filter((pid) => {
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ogplus-browser') &&
        statusOf(pid, 'PPid') === String(process.pid)
      );
    } catch {
      return false; // it ended in this moment
    }
  });
}

describe('a page', () => {
  let renderer: TestRenderer;
  let origin: Origin;
  let folder: string;
  before(async () => {
    renderer = await startTestRenderer({ budget: milliseconds(3000) });
    origin = await startOrigin(page());
    folder = mkdtempSync(join(tmpdir(), 'ogplus-readable-'));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'page.html'), '<html style="background:#f00">');
    writeFileSync(join(folder, 'style.css'), 'html{background:#f00!important}');
    writeFileSync(join(folder, 'script.js'), `document.documentElement.style.background = '#f00'`);
    writeFileSync(
      join(folder, 'image.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="315"><rect width="600" height="315" fill="#f00"/></svg>',
    );
  });
  after(async () => {
    await renderer[Symbol.asyncDispose]();
    await origin[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  // Everyone on the machine may read these files: it is the page that may not. Each is given a box of its own.
  const ways: Readonly<Record<string, (file: (name: string) => string, box: string) => string>> = {
    'in a frame': (file, box) => `<iframe style="${box}" src="${file('page.html')}"></iframe>`,
    'in an object': (file, box) => `<object style="${box}" data="${file('page.html')}"></object>`,
    'in an embed': (file, box) => `<embed style="${box}" src="${file('page.html')}">`,
    'as an image': (file, box) => `<img style="${box}" src="${file('image.svg')}">`,
    'as a background': (file, box) => `<div style="${box};background:url('${file('image.svg')}')"></div>`,
    'as a style': (file) => `<link rel="stylesheet" href="${file('style.css')}">`,
    'as an imported style': (file) => `<style>@import '${file('style.css')}'</style>`,
    'as a script': (file) => `<script src="${file('script.js')}"></script>`,
    'as a module': (file) => `<script>import('${file('script.js')}').catch(() => {})</script>`,
    'by fetch': (file) =>
      `<script>fetch('${file('script.js')}').then((r) => r.text()).then(eval).catch(() => {})</script>`,
    'by XMLHttpRequest': (file) =>
      `<script>{ const x = new XMLHttpRequest(); x.onload = () => eval(x.responseText); x.open('GET', '${file('script.js')}'); x.send() }</script>`,
    'by a frame that goes there': (file, box) =>
      `<iframe style="${box}" srcdoc="<script>location='${file('page.html')}'</script>"></iframe>`,
  };
  const spellings = ['file://', 'FILE://', 'file:', 'file://localhost', 'view-source:file://', 'filesystem:file://'];
  const boxAt = (n: number) => `position:fixed;border:0;width:100px;height:315px;top:0;left:${n * 100}px`;
  const pageWith = (markup: (typeof ways)[string], addresses: readonly string[]) =>
    html(
      addresses.map((address, n) => markup((name) => `${address}/${name}`, boxAt(n))).join('\n'),
      '<style>html{background:#0a0}</style>',
    );
  for (const [way, markup] of Object.entries(ways)) {
    it(`reads no file of the machine ${way}, in any spelling`, async () => {
      const addresses = spellings.map((scheme) => `${scheme}${folder}`);
      const { bytes } = await renderer.draw(`${origin.url}/page`, pageWith(markup, addresses));
      for (const n of spellings.keys()) {
        for (const [x, y] of [
          [n * 100 + 50, 150],
          [n * 100 + 5, 5],
        ] as const) {
          const [red, greenPart] = await pixel(bytes, x, y);
          assert.ok(!(red > 200 && greenPart < 100), `${spellings[n]} shows the file`);
        }
      }
    });
  }

  it('that is itself a file is not drawn', async () => {
    await assert.rejects(
      renderer.draw(`file://${folder}/page.html`, html('text')).then((picture) => assertMiddle(picture, green)),
    );
  });
});

describe('a crash', { skip: notLinux }, () => {
  let origin: HoldingOrigin;
  before(async () => {
    origin = await startHoldingOrigin();
  });
  after(() => origin[Symbol.asyncDispose]());

  for (const [what, strike, says] of [
    ['of a page', (pid: number) => killAll(pageProcesses(pid)), /page crashed/],
    ['of the browser', (pid: number) => killAll(processTree(pid).slice(1)), /browser exited/],
  ] as const) {
    it(`${what} is one line of the log`, async () => {
      origin.hold(1);
      const { renderer, lines } = await startLogged();
      await using _ = renderer;
      const before = lines.length;
      const drawing = renderer.draw(`${origin.url}/page`, withHeldImage);
      await until('the page loads', () => origin.heard.length === 1);
      strike(browserOf(lines));
      await drawing;
      const told = lines.slice(before).filter(({ level }) => level === 'warn');
      assert.equal(told.length, 1);
      assert.match(told[0]?.message ?? '', says);
    });
  }
});
