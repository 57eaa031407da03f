import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import { StepLengths } from '../../../src/render/page/clock/step-lengths.ts';

const timeout = milliseconds(3200);
const page = { moves: true, work: 2, took: 2 };

/** The steps of a page for so many milliseconds of its clock, or until it has done more than a page may. */
function stepsOf(each: Partial<typeof page>, budget = 5000): number[] {
  const stepLengths = new StepLengths(timeout);
  const steps: number[] = [];
  for (let left = budget; left > 0 && !stepLengths.isOver; ) {
    const step = milliseconds(Math.min(stepLengths.next(), left));
    steps.push(step);
    left -= step;
    stepLengths.record({ ...page, ...each, step });
  }
  return steps;
}

const sum = (steps: readonly number[]) => steps.reduce((all, step) => all + step, 0);

describe('the steps of a page that moves', () => {
  it('are frames of a screen at first', () => {
    assert.deepEqual(new Set(stepsOf({}).slice(0, 60)), new Set([16]));
  });

  it('make up its whole time, however busy the machine is', () => {
    for (const took of [2, 50, 500, 5000]) assert.equal(sum(stepsOf({ took })), 5000, `${took} ms for each`);
  });

  it('are the same while the machine is not busier than it may be', () => {
    assert.deepEqual(stepsOf({ took: 20 }), stepsOf({}));
  });

  it('become few where they take too long, and never longer than libraries take for a pause', () => {
    const steps = stepsOf({ took: 1000 });
    assert.ok(steps.length < 20, `${steps.length} steps`);
    assert.equal(Math.max(...steps), 400);
  });

  it('become few where the page does much', () => {
    assert.ok(stepsOf({ work: 100, took: 100 }).length < 40);
  });

  it('end where the page computes without an end', () => {
    assert.ok(sum(stepsOf({ work: 900, took: 900 })) < 5000);
  });
});

describe('the steps of a page at rest', () => {
  it('become longer and longer', () => {
    const steps = stepsOf({ moves: false });
    assert.deepEqual(steps.slice(0, 6), [16, 32, 64, 128, 256, 512]);
    assert.equal(sum(steps), 5000);
  });
});
