import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WebsiteId } from '../../../src/model/website.ts';
import type { HourlyUsageRow } from '../../../src/store/ports/activity.ts';
import type { Open } from './harness.ts';
import { makeWebsite } from './samples.ts';

const none = { requests: 0, hits: 0, slow: 0, checked: 0, renders: 0, revalidations: 0, fetches: 0, failures: 0 };

export function usageContract(open: Open): void {
  describe('usage', () => {
    it('is counted by hour and by day, and the hours of a day add up to it', async () => {
      await using harness = await open();
      const { activity } = harness.store;
      const { id: websiteId } = await makeWebsite(harness.store);
      const { id: other } = await makeWebsite(harness.store, 'other');
      const day = 20_000;
      const row = (hour: number, counts: Partial<HourlyUsageRow> = {}): HourlyUsageRow => ({
        ...none,
        websiteId,
        hour,
        consumer: 'slack',
        ...counts,
      });
      const times = (hour: number, bucket: number, count: number) => ({ websiteId, hour, bucket, count });
      const first = day * 24;
      await activity.noteUsage(
        [
          row(first, { requests: 3, hits: 2, slow: 1, checked: 1 }),
          row(first + 23, { requests: 2, renders: 2, fetches: 1 }),
          row(first + 24, { requests: 1, failures: 1 }),
          row(first, { requests: 9, websiteId: other }),
        ],
        [times(first, 30, 1), times(first + 23, 30, 2), times(first + 24, 31, 1)],
      );
      const second = await harness.secondProcess();
      const more = [
        row(first + 23, { requests: 4, revalidations: 4 }),
        row(first + 23, { requests: 1, consumer: 'x' }),
      ];
      await second.activity.noteUsage(more, [times(first + 23, 30, 1)]);

      const byHour = await activity.hourlyUsageOf([websiteId], first);
      const order = (rows: readonly HourlyUsageRow[]) =>
        rows.toSorted((a, b) => a.hour - b.hour || a.consumer.localeCompare(b.consumer));
      assert.deepEqual(order(byHour.usage), [
        row(first, { requests: 3, hits: 2, slow: 1, checked: 1 }),
        row(first + 23, { requests: 6, renders: 2, fetches: 1, revalidations: 4 }),
        row(first + 23, { requests: 1, consumer: 'x' }),
        row(first + 24, { requests: 1, failures: 1 }),
      ]);
      assert.deepEqual(
        byHour.renderTimes.toSorted((a, b) => a.hour - b.hour),
        [times(first, 30, 1), times(first + 23, 30, 3), times(first + 24, 31, 1)],
      );
      assert.deepEqual(order((await activity.hourlyUsageOf([websiteId], first + 24)).usage), [
        row(first + 24, { requests: 1, failures: 1 }),
      ]);
      assert.deepEqual(await activity.hourlyUsageOf([], first), { usage: [], renderTimes: [] });

      const byDay = await activity.usageOf([websiteId], day);
      const slack = byDay.usage.find((one) => one.day === day && one.consumer === 'slack');
      const sums = { requests: 9, hits: 2, slow: 1, checked: 1, renders: 2, revalidations: 4, fetches: 1 };
      assert.deepEqual(slack, { ...none, ...sums, websiteId, day, consumer: 'slack' });
      assert.deepEqual(
        byDay.renderTimes.toSorted((a, b) => a.day - b.day).map(({ bucket, count }) => [bucket, count]),
        [
          [30, 4],
          [31, 1],
        ],
      );
    });

    it('is kept by hour for five days, by day for a year, and not for a removed website', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const { activity } = store;
      const { id: websiteId } = await makeWebsite(store);
      const removed = await makeWebsite(store, 'removed');
      const today = Math.floor(clock.now() / 86_400_000);
      const note = (id: WebsiteId, day: number) => {
        const row = { ...none, websiteId: id, hour: day * 24 + 23, consumer: 'slack', requests: 1 };
        return activity.noteUsage([row], [{ websiteId: id, hour: row.hour, bucket: 30, count: 1 }]);
      };
      for (const day of [today, today - 5, today - 6, today - 400, today - 401]) await note(websiteId, day);
      await note(removed.id, today);
      await store.websites.remove(removed.origin);
      await store.sweep(1_000_000, clock.now());
      const ids = [websiteId, removed.id];
      const [byDay, byHour] = [await activity.usageOf(ids, 0), await activity.hourlyUsageOf(ids, 0)];
      const days = [today - 400, today - 6, today - 5, today];
      assert.deepEqual(byDay.usage.map(({ day }) => day).toSorted(), days);
      assert.deepEqual(byDay.renderTimes.map(({ day }) => day).toSorted(), days);
      const hours = [today - 5, today].map((day) => day * 24 + 23);
      assert.deepEqual(byHour.usage.map(({ hour }) => hour).toSorted(), hours);
      assert.deepEqual(byHour.renderTimes.map(({ hour }) => hour).toSorted(), hours);
    });
  });
}
