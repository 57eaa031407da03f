import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import { commandOf, processTree } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { assertMiddle, green, killAll, pageProcesses, startTestRenderer, type TestRenderer } from '../harness.ts';
import { type HoldingOrigin, startHoldingOrigin, withHeldImage } from '../held-image.ts';

const notLinux = process.platform !== 'linux' && 'only Linux tells of what kind a process is';
// More than a busy machine needs: no test waits for its end.
const budget = milliseconds(60_000);
/** Bytes: more than a browser takes before it has its zygotes. */
const ofOneWithAPage = 40_000_000;

let origin: HoldingOrigin;
before(async () => {
  origin = await startHoldingOrigin();
});
after(() => origin[Symbol.asyncDispose]());

function processesOf(browser: number, type: string): number[] {
  return processTree(browser).filter((pid) => {
    const words = commandOf(pid);
    return type === 'browser' ? /--remote-debugging-pipe/.test(words) : words.includes(`--type=${type}`);
  });
}

function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGKILL'): void {
  assert.ok(pids.length > 0);
  if (name === 'SIGKILL') killAll(pids);
  else for (const pid of pids) process.kill(pid, name);
}

/** Some cards of a browser to which this happens, none of which may be lost; at last it is well again. */
async function assertDraws(renderer: TestRenderer): Promise<void> {
  for (const partition of ['a', 'b', 'c', 'd'])
    await assertMiddle(await renderer.draw(`${origin.url}/page`, withHeldImage, { partition }), green);
  await renderer.check();
}

describe('a browser that is half dead', { skip: notLinux }, () => {
  for (const [what, strike] of [
    ['whose zygotes are killed', (pid: number) => signal(processesOf(pid, 'zygote'), 'SIGKILL')],
    ['whose zygotes are stopped', (pid: number) => signal(processesOf(pid, 'zygote'), 'SIGSTOP')],
    ['whose page processes are stopped', (pid: number) => signal(pageProcesses(pid), 'SIGSTOP')],
    ['whose network process is stopped', (pid: number) => signal(processesOf(pid, 'utility'), 'SIGSTOP')],
    ['whose drawing process is killed', (pid: number) => signal(processesOf(pid, 'gpu-process'), 'SIGKILL')],
    ['that is stopped', (pid: number) => signal(processesOf(pid, 'browser'), 'SIGSTOP')],
    ['whose shell alone is killed', (pid: number) => signal([pid], 'SIGKILL')],
  ] as const) {
    it(`${what}, draws on or is replaced: no card is lost`, async () => {
      origin.hold(0);
      await using renderer = await startTestRenderer({ budget, renderers: 1 });
      await renderer.draw(`${origin.url}/page`, withHeldImage);
      strike(renderer.browsers.at(-1) ?? 0);
      await assertDraws(renderer);
      await until('nothing of it is left', () =>
        renderer.browsers.slice(0, -1).every((pid) => processTree(pid).length === 0),
      );
    });
  }

  it('whose page processes are stopped in the middle of a drawing, loses no card', async () => {
    origin.hold(1);
    await using renderer = await startTestRenderer({ budget, renderers: 1 });
    await renderer.check();
    const drawing = renderer.draw(`${origin.url}/page`, withHeldImage);
    await until('the page loads', () => origin.heard.length === 1);
    signal(pageProcesses(renderer.browsers.at(-1) ?? 0), 'SIGSTOP');
    await assertMiddle(await drawing, green);
  });

  it('that is stopped as it starts, is ended at once, and another one draws', async () => {
    origin.hold(0);
    const told: string[] = [];
    const log = { info: () => {}, warn: (_: object, message: string) => void told.push(message) };
    await using renderer = await startTestRenderer({ budget, renderers: 1, log });
    const drawing = renderer.draw(`${origin.url}/page`, withHeldImage);
    await until('it starts', () => processesOf(process.pid, 'browser').length > 0);
    signal(processesOf(process.pid, 'browser'), 'SIGSTOP');
    await assertMiddle(await drawing, green);
    // It may have a page already.
    assert.match(told.join('\n'), /^(stopped by a signal: the (page|browser) was ended(\n|$))+$/);
    assert.ok(told.includes('stopped by a signal: the browser was ended'));
  });

  for (const [what, chosen] of [
    ['one of its zygotes is', (zygotes: number[]) => zygotes.slice(0, 1)],
    ['the last of its zygotes is', (zygotes: number[]) => zygotes.slice(-1)],
    ['all of its zygotes are', (zygotes: number[]) => zygotes],
  ] as const) {
    it(`is ended where ${what} killed, before a card waits for it`, async () => {
      const told: string[] = [];
      let browser = 0;
      const info = (facts: object) => {
        if ('browserPid' in facts) browser = Number(facts.browserPid);
      };
      const log = { info, warn: (_: object, message: string) => void told.push(message) };
      await using renderer = await startTestRenderer({ budget, renderers: 1, log });
      await renderer.check();
      await until('its processes are known', () => (renderer.status.browser.memory ?? 0) > ofOneWithAPage);
      signal(chosen(processesOf(browser, 'zygote')), 'SIGKILL');
      await until('it is ended', () => processTree(browser).length === 0);
      assert.ok(told.includes('zygote killed: the browser was ended'), told.join('\n'));
    });
  }

  it('is not called ready before another one is there', async () => {
    origin.hold(0);
    await using renderer = await startTestRenderer({ budget, renderers: 1 });
    await renderer.check();
    killAll(processesOf(renderer.browsers[0] ?? 0, 'zygote'));
    await until('it is replaced', () =>
      renderer.check().then(
        () => true,
        () => false,
      ),
    );
    assert.ok(renderer.browsers.length > 1);
  });
});
