import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { milliseconds } from '../../src/model/units.ts';
import { onceForAll } from '../../src/store/once-for-all.ts';
import { WaitingTimers } from '../cards/model/timers.ts';
import { openSqlite } from './harness-sqlite.ts';

describe('a job that one process does for all', () => {
  it('is done once in a period, and by another process when the first has died', async () => {
    await using harness = await openSqlite();
    const second = await harness.secondProcess();
    const done: string[] = [];
    const period = milliseconds(60_000);
    const jobOf = (name: string, { leases }: typeof second) =>
      onceForAll(leases, new WaitingTimers(), 'sweep', period, async () => void done.push(name));
    const [a, b] = [jobOf('a', harness.store), jobOf('b', second)];
    await Promise.all([a(), b(), a()]);
    assert.deepEqual(done, ['a']);
    harness.clock.moveMs(period);
    await b();
    await a();
    assert.deepEqual(done, ['a', 'b']);
  });

  it('is done by nobody else while it takes longer than its period', async () => {
    await using harness = await openSqlite();
    const second = await harness.secondProcess();
    const timers = new WaitingTimers();
    const held = Promise.withResolvers<void>();
    const period = milliseconds(60_000);
    const long = onceForAll(harness.store.leases, timers, 'sweep', period, () => held.promise)();
    const other = onceForAll(second.leases, timers, 'sweep', period, () => assert.fail('It is done twice at once.'));
    for (let third = 0; third < 10; third++) {
      harness.clock.moveMs(period / 4);
      timers.tick();
      await other();
    }
    held.resolve();
    await long;
  });
});
