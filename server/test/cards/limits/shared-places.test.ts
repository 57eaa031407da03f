import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SharedPlaces } from '../../../src/cards/limits/shared-places.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { WaitingTimers } from '../model/timers.ts';

const never = new AbortController().signal;
const nothing = async () => {};

/** One place, and what was done with its lease. */
function onePlace() {
  const done: string[] = [];
  const timers = new WaitingTimers();
  const places = new SharedPlaces({
    leases: {
      acquire: async (name) => {
        done.push('acquired');
        return { name, holder: 'this process' };
      },
      renew: async () => true,
      release: async () => void done.push('released'),
    },
    timers,
    places: 1,
    patience: milliseconds(0),
    tooLate: () => new Error('too late'),
    onFailure: (error) => assert.fail(String(error)),
  });
  const aMomentLater = async () => {
    assert.equal(timers.waiting.length, 1);
    for (const goOn of timers.waiting) goOn();
    await nextTurn();
  };
  return { done, places, aMomentLater };
}

describe('a place that nobody uses', () => {
  it('is kept for whoever comes next, and left to others a moment after the last', async () => {
    const { done, places, aMomentLater } = onePlace();
    await places.run('site', nothing, never);
    await places.run('site', nothing, never);
    await aMomentLater();
    await places.run('site', nothing, never);
    await aMomentLater();
    assert.deepEqual(done, ['acquired']);
    await aMomentLater();
    assert.deepEqual(done, ['acquired', 'released']);
    await places.run('site', nothing, never);
    assert.deepEqual(done, ['acquired', 'released', 'acquired']);
    await places[Symbol.asyncDispose]();
  });

  it('is not left while it is used', async () => {
    const { done, places, aMomentLater } = onePlace();
    await places.run('site', nothing, never);
    const { promise, resolve } = Promise.withResolvers<void>();
    const working = places.run('site', () => promise, never);
    await aMomentLater();
    resolve();
    await working;
    assert.deepEqual(done, ['acquired']);
    await aMomentLater();
    assert.deepEqual(done, ['acquired', 'released']);
    await places[Symbol.asyncDispose]();
  });
});
