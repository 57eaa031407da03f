import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Timers } from '../../../src/model/timers.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { isRunning } from '../../harness/process-tree.ts';
import { until } from '../../harness/until.ts';
import { html, startTestRenderer } from '../harness.ts';

const minute = 60_000;

/** Time that the test moves, and the looks that are due in it. */
function movedTime() {
  let now = 0;
  const looks: Array<() => void> = [];
  const timers: Timers = {
    every(_, work) {
      looks.push(work);
      return { [Symbol.dispose]: () => void looks.splice(looks.indexOf(work), 1) };
    },
    pause: () => Promise.reject(new Error('Nothing pauses here.')),
  };
  return {
    timers,
    now: () => now,
    move(minutes: number) {
      now += minutes * minute;
      for (const look of looks) look();
    },
  };
}

const url = 'http://page.invalid/';

describe('browsers without work', () => {
  it('end after five minutes, all but the one that worked last', async () => {
    const time = movedTime();
    await using renderer = await startTestRenderer({ renderers: 2, timers: time.timers, now: time.now });
    await Promise.all(['a', 'b'].map((partition) => renderer.draw(url, html(partition), { partition })));
    const both = [...renderer.browsers];
    assert.equal(both.length, 2);
    time.move(4);
    assert.deepEqual(both.map(isRunning), [true, true]);
    await renderer.draw(url, html('again'));
    time.move(4);
    await until('the other one has ended', () => {
      time.move(0); // one that still cleans up is ended at the next look
      return both.filter(isRunning).length === 1;
    });
    time.move(1000);
    assert.equal(both.filter(isRunning).length, 1);
    await Promise.all(['a', 'b'].map((partition) => renderer.draw(url, html(partition), { partition })));
    assert.equal(renderer.browsers.filter(isRunning).length, 2);
  });

  it('end one and all where a time is set for the last one, count as well, and start with the next card', async () => {
    const time = movedTime();
    const browserIdle = milliseconds(30 * minute);
    await using renderer = await startTestRenderer({ timers: time.timers, now: time.now, browserIdle });
    await renderer.draw(url, html('first'));
    const [browser = 0] = renderer.browsers;
    time.move(29);
    assert.ok(isRunning(browser));
    time.move(1);
    await until('it has ended', () => {
      time.move(0);
      return !isRunning(browser);
    });
    await renderer.check();
    assert.equal(renderer.browsers.filter(isRunning).length, 0);
    assert.equal((await renderer.draw(url, html('next'))).complete, true);
    assert.equal(renderer.browsers.filter(isRunning).length, 1);
  });
});
