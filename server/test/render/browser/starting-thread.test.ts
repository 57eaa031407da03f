import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';
import { startProcess } from '../../../src/render/browser/process/browser-process.ts';
import { StartingThread } from '../../../src/render/browser/process/starting-thread.ts';
import { isRunning, processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { killAll, profilesOf, startTestRenderer } from '../harness.ts';

/** A browser as the service starts it where everything else is forbidden. */
async function startOne(thread: StartingThread, program?: string) {
  const found = await findBrowser(undefined);
  if (found.kind !== 'executable') throw new Error('There is no program.');
  const { path, environment } = found;
  const level = { sandboxed: false, ownUser: process.getuid?.() === 0 };
  const others = { proxyServer: undefined, controlGroup: undefined };
  return startProcess(thread.start, { path: program ?? path, environment, ...level, ...others });
}

describe('the thread that starts browsers', () => {
  it('starts all but the first: the thread that sends cards waits for no process', async () => {
    await using renderer = await startTestRenderer({ renderers: 1 });
    await renderer.check();
    killAll(processTree(renderer.browsers[0] ?? 0));
    await until('another one runs', () =>
      renderer.check().then(
        () => renderer.browsers.length === 2,
        () => false,
      ),
    );
    assert.ok(processTree(renderer.browsers[1] ?? 0).length > 2);
    assert.ok(!process.getActiveResourcesInfo().includes('ProcessWrap'));
  });

  it('is no reason for a program to go on', async () => {
    const thread = new StartingThread();
    const { ended, kill } = await startOne(thread);
    kill();
    await ended;
    assert.ok(!process.getActiveResourcesInfo().includes('MessagePort'));
    thread.stop();
  });

  it('tells how a browser ended, when its profile folder is gone', async () => {
    const thread = new StartingThread();
    const killed = await startOne(thread);
    killed.kill();
    assert.equal((await killed.ended).refusal, undefined);
    const closed = await startOne(thread);
    closed.transport.close();
    assert.equal((await closed.ended).refusal, 'it ended with 0 as it started');
    assert.deepEqual(profilesOf(process.pid), []);
    thread.stop();
  });

  it('leaves no browser behind where it ends itself, and another thread starts the next', async () => {
    const thread = new StartingThread(new URL('../processes/ending-thread.ts', import.meta.url));
    const { pid, ended } = await startOne(thread);
    await until('its processes run', () => processTree(pid).length > 2);
    const tree = processTree(pid);
    await assert.rejects(startOne(thread, 'end'), /The thread that starts browsers ended/);
    await ended;
    await until('all processes are gone', () => !tree.some(isRunning));
    const next = await startOne(thread);
    next.kill();
    await next.ended;
    assert.deepEqual(profilesOf(process.pid), []);
    thread.stop();
  });
});
