import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Rate } from '../../../src/cards/limits/rate.ts';
import { epochMs } from '../../../src/model/units.ts';

const start = Date.UTC(2026, 10, 23);
const at = (seconds: number) => epochMs(start + seconds * 1000);

describe('a rate of so much a minute', () => {
  it('may be used at once, and comes back evenly', () => {
    const rate = new Rate(6);
    for (let count = 0; count < 6; count++) assert.equal(rate.take('a', at(0)), 0);
    assert.equal(rate.take('a', at(0)), 10_000);
    assert.equal(rate.take('a', at(4)), 6000);
    assert.equal(rate.take('a', at(10)), 0);
    assert.equal(rate.take('a', at(10)), 10_000);
    for (let count = 0; count < 6; count++) assert.equal(rate.take('a', at(100)), 0);
    assert.ok(rate.take('a', at(100)) > 0);
  });

  it('is each one’s own', () => {
    const rate = new Rate(1);
    assert.equal(rate.take('a', at(0)), 0);
    assert.equal(rate.take('b', at(0)), 0);
    assert.ok(rate.take('a', at(0)) > 0);
  });

  it('is another one where that is asked for, and what was used stays used', () => {
    const rate = new Rate(6);
    for (let count = 0; count < 2; count++) assert.equal(rate.take('a', at(0), 2), 0);
    assert.equal(rate.take('a', at(0), 2), 30_000);
    assert.equal(rate.take('a', at(30), 6), 0);
    assert.equal(rate.take('a', at(30), 1), 40_000);
  });

  for (const [perMinute, seconds] of [
    [1, 3600],
    [7, 3600],
    [240, 3600],
    [999_983, 10],
  ] as const) {
    it(`lets a minute's quota of ${perMinute} and what comes back through, and not one more`, () => {
      const rate = new Rate(perMinute);
      let taken = 0;
      for (let second = 0; second <= seconds; second++) {
        const most = perMinute + Math.floor((perMinute * second) / 60);
        while (taken <= most && rate.take('a', at(second)) === 0) taken++;
        // Sums of parts of a millisecond since 1970 are right to a thousandth, and never too small.
        assert.ok(taken <= most && taken >= most * 0.999 - 1, `${taken} of ${most} after ${second} s`);
      }
    });
  }

  for (const seconds of [10, 90, 3600]) {
    it(`comes back in its time when the clock is set back by ${seconds} s`, () => {
      const rate = new Rate(1);
      assert.equal(rate.take('a', at(10_000)), 0);
      const setBack = 10_000 - seconds;
      assert.equal(rate.take('a', at(setBack)), 60_000);
      assert.equal(rate.take('a', at(setBack + 59)), 1000);
      assert.equal(rate.take('a', at(setBack + 60)), 0);
    });
  }

  it('remembers no more than so many, whatever is invented', () => {
    const rate = new Rate(1);
    for (let number = 0; number < 120_000; number++) rate.take(`invented ${number}`, at(0));
    assert.equal(rate.remembered, 50_000);
  });
});
