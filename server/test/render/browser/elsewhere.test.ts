import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../../../src/model/problem.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { endWithTests } from '../../harness/child-processes.ts';
import { processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { assertMiddle, filled, green, html, startTestRenderer } from '../harness.ts';

const notLinux = process.platform !== 'linux' && 'processes are stopped, and their children found, on Linux';
const document = html(`<div style="${filled};background:#0a0"></div>`);

let folder: string;
let child: ChildProcess;
let url: string;

/** A Chromium that somebody else started, with a port for who wants to use it. */
async function startElsewhere(): Promise<void> {
  const found = await findBrowser(undefined);
  assert.equal(found.kind, 'executable');
  const program = found.kind === 'executable' ? found.path : '';
  const flags = ['--headless', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${folder}`];
  const environment = found.kind === 'executable' ? found.environment : {};
  const env = { ...process.env, ...environment };
  child = endWithTests(
    spawn(program, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], env, detached: true }),
  );
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  await until('it listens', () => /listening on ws:/.test(said));
  url = /listening on (ws:\S+)/.exec(said)?.[1] ?? '';
}

function signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  for (const pid of processTree(child.pid ?? 0)) process.kill(pid, name);
}

describe('a browser elsewhere', { skip: notLinux }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ogplus-elsewhere-'));
    await startElsewhere();
  });
  after(() => {
    signal('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  it('that hangs holds no card up for ever, and draws again when it goes on', async () => {
    await using renderer = await startTestRenderer({ browser: url, renderers: 1, budget: milliseconds(4000) });
    await assertMiddle(await renderer.draw('http://127.0.0.1:1/page', document), green);
    signal('SIGSTOP');
    const isRefused = (error: unknown) => error instanceof Problem && error.type === 'render-failed';
    await assert.rejects(renderer.draw('http://127.0.0.1:1/page', document), isRefused);
    await assert.rejects(renderer.check());
    signal('SIGCONT');
    await until('it draws again', () =>
      renderer.draw('http://127.0.0.1:1/page', document).then(
        (picture) => picture.complete,
        () => false,
      ),
    );
    await renderer.check();
  });

  it('that is gone is said to be gone', async () => {
    await using renderer = await startTestRenderer({ browser: url, renderers: 1 });
    await assertMiddle(await renderer.draw('http://127.0.0.1:1/page', document), green);
    signal('SIGKILL');
    await assert.rejects(
      renderer.draw('http://127.0.0.1:1/page', document),
      (error) => error instanceof Problem && /No browser can be started/.test(error.message),
    );
    await assert.rejects(renderer.check());
  });
});
