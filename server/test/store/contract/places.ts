import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { SharedPlaces } from '../../../src/cards/limits/shared-places.ts';
import { systemTimers } from '../../../src/model/timers.ts';
import { milliseconds } from '../../../src/model/units.ts';
import type { Leases } from '../../../src/store/ports/leases.ts';
import type { Open } from './harness.ts';

const tooLate = () => new Error('too late');
const never = new AbortController().signal;

function placesOf(
  leases: Leases,
  places: number,
  patience = 20_000,
  onFailure: (error: unknown) => void = (error) => assert.fail(String(error)),
) {
  return new SharedPlaces({
    leases,
    timers: systemTimers,
    places,
    patience: milliseconds(patience),
    tooLate,
    onFailure,
  });
}

export function placesContract(open: Open): void {
  describe('places that processes share', () => {
    it('are never taken by more than there are, and everybody has a turn', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const processes = [harness.store, second, harness.store].map(({ leases }) => placesOf(leases, 2));
      let [now, most] = [0, 0];
      const work = async () => {
        most = Math.max(most, ++now);
        await pause(5);
        now--;
      };
      await Promise.all(processes.flatMap((each) => Array.from({ length: 12 }, () => each.run('site', work, never))));
      assert.equal(most, 2);
      for (const each of processes) await each[Symbol.asyncDispose]();
    });

    it('are each website’s own, and free again once a process has stopped', async () => {
      await using harness = await open();
      const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const first = placesOf(harness.store.leases, 1);
      const second = placesOf((await harness.secondProcess()).leases, 1, 0);
      const work = () => {
        begun.resolve();
        return held.promise;
      };
      const working = first.run('a', work, never);
      await begun.promise;
      await second.run('b', async () => {}, never);
      await assert.rejects(
        second.run('a', async () => {}, never),
        tooLate(),
      );
      held.resolve();
      await working;
      await first[Symbol.asyncDispose]();
      await second.run('a', async () => {}, never);
      await second[Symbol.asyncDispose]();
    });

    it('are each process’s own while the store fails', async () => {
      const fails = () => Promise.reject(new Error('away'));
      const failures: unknown[] = [];
      const places = placesOf({ acquire: fails, renew: fails, release: fails }, 1, 0, (error) => failures.push(error));
      assert.equal(await places.run('a', async () => 'done', never), 'done');
      assert.equal(failures.length, 1);
    });
  });
}
