import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import type { Activity } from '../../../src/render/page/clock/activity.ts';
import { isAtRest, StepLengths } from '../../../src/render/page/clock/step-lengths.ts';

const timeout = milliseconds(3200);
const page = { work: 2, took: 2 };
const rest: Activity = {
  now: 0,
  changed: false,
  requestedFrame: false,
  nextTimer: null,
  nextNewTimer: null,
  animationEnd: null,
  isAwaiting: false,
  awaitsWorker: false,
  moves: false,
  isOpaque: false,
  needsDisplay: false,
};
const moving: Activity = { ...rest, changed: true, requestedFrame: true };

/** The steps of a page that always does this, for so many milliseconds of its clock, or until it has done more than it may. */
function stepsOf(activity: Activity, each: Partial<typeof page> = {}, budget = 5000): number[] {
  const stepLengths = new StepLengths(timeout);
  const steps: number[] = [];
  for (let left = budget; left > 0 && !stepLengths.isOver; ) {
    const step = stepLengths.next(activity, left);
    steps.push(step);
    left -= step;
    stepLengths.record({ ...page, ...each, step });
  }
  return steps;
}

const sum = (steps: readonly number[]) => steps.reduce((all, step) => all + step, 0);

describe('the steps of a page that moves', () => {
  it('are frames of a screen at first', () => {
    for (const activity of [moving, { ...rest, moves: true }])
      assert.deepEqual(new Set(stepsOf(activity).slice(0, 60)), new Set([16]));
  });

  it('make up its whole time, however busy the machine is', () => {
    for (const took of [2, 50, 500, 5000]) assert.equal(sum(stepsOf(moving, { took })), 5000, `${took} ms for each`);
  });

  it('are the same while the machine is not busier than it may be', () => {
    assert.deepEqual(stepsOf(moving, { took: 20 }), stepsOf(moving));
  });

  it('become few where they take too long, and never longer than libraries take for a pause', () => {
    const steps = stepsOf(moving, { took: 1000 });
    assert.ok(steps.length < 20, `${steps.length} steps`);
    assert.equal(Math.max(...steps), 400);
  });

  it('become few where the page does much', () => {
    assert.ok(stepsOf(moving, { work: 100, took: 100 }).length < 40);
  });

  it('end where the page computes without an end', () => {
    assert.ok(sum(stepsOf(moving, { work: 900, took: 900 })) < 5000);
  });
});

describe('the steps of a page that waits', () => {
  it('become longer and longer while it asks for frames and changes nothing', () => {
    const steps = stepsOf({ ...rest, requestedFrame: true });
    assert.deepEqual(steps.slice(0, 6), [16, 32, 64, 128, 256, 512]);
    assert.equal(sum(steps), 5000);
  });

  it('lead past its next timer, and past the end of an animation', () => {
    const first = (activity: Partial<Activity>) => stepsOf({ ...rest, ...activity })[0] ?? 0;
    assert.equal(first({ nextTimer: 800 }), 802);
    assert.equal(first({ animationEnd: 300 }), 302);
    assert.equal(first({ nextTimer: 800, animationEnd: 300 }), 302);
  });

  it('see what begins to move after a change', () => {
    assert.equal(stepsOf({ ...rest, changed: true, nextTimer: 800 })[0], 16);
  });

  it('become longer and longer where its timers change nothing', () => {
    assert.ok(stepsOf({ ...rest, nextTimer: 4 }).length < 12);
  });
});

describe('a page at rest', () => {
  it('has nothing that can change it within its time', () => {
    assert.ok(isAtRest(rest, 5000));
    assert.ok(isAtRest({ ...rest, nextTimer: 60_000 }, 5000));
    const signs: ReadonlyArray<Partial<Activity>> = [
      { changed: true },
      { requestedFrame: true },
      { nextTimer: 4000 },
      { animationEnd: 4000 },
      { isAwaiting: true },
      { moves: true },
      { isOpaque: true },
    ];
    for (const sign of signs) assert.ok(!isAtRest({ ...rest, ...sign }, 5000), JSON.stringify(sign));
  });
});
