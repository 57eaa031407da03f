import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { resultWithin } from '../../src/concurrency/result-within.ts';
import { startTimeout } from '../../src/model/timeout.ts';
import { milliseconds } from '../../src/model/units.ts';

/** Keeps this thread busy, as a loaded machine does. */
function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Runs `work` where timers are looked at next, and messages after them. */
async function beforeTimers<T>(work: () => T): Promise<T> {
  await nextTurn();
  return work();
}

describe('an answer that is there, but not read, when its time is over because the thread was busy', () => {
  it('is taken', async () => {
    const { port1, port2 } = new MessageChannel();
    const result = await beforeTimers(() => {
      const answer = once(port1, 'message').then(() => 'an answer');
      const waiting = resultWithin(milliseconds(1), answer);
      port2.postMessage('');
      compute(5);
      return waiting;
    });
    port1.close();
    assert.equal(result, 'an answer');
  });

  it('ends the timeout', async () => {
    const { port1, port2 } = new MessageChannel();
    let isOver = false;
    await beforeTimers(async () => {
      const answer = once(port1, 'message');
      using timeout = startTimeout(milliseconds(1), () => {
        isOver = true;
      });
      port2.postMessage('');
      compute(5);
      await answer;
      timeout[Symbol.dispose]();
    });
    port1.close();
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    assert.equal(isOver, false);
  });
});

describe('a timeout', () => {
  it('calls when its time is over', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    startTimeout(milliseconds(1), resolve);
    await promise;
    assert.equal(await resultWithin(milliseconds(1), new Promise(() => {})), undefined);
  });
});
