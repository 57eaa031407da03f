import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs } from '../../../src/model/units.ts';
import type { WebsiteId } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { Open } from './harness.ts';
import { makeWebsite, target } from './samples.ts';

const now = epochMs(Date.UTC(2026, 0, 1));
const at = (ms: number) => epochMs(now + ms);

async function webhookOf({ webhooks }: Store, websiteId: WebsiteId): Promise<number> {
  const made = { websiteId, url: 'https://hooks.example/x', salt: 'salt', createdAt: now };
  const id = await webhooks.create({ ...made, events: ['page.failing'] }, 5);
  assert.ok(id !== undefined);
  return id;
}

export function webhooksContract(open: Open): void {
  describe('a webhook', () => {
    it('is there for every process until it is removed, a bounded number of them', async () => {
      await using harness = await open();
      const { webhooks } = harness.store;
      const { id: websiteId } = await makeWebsite(harness.store);
      const id = await webhookOf(harness.store, websiteId);
      const second = await harness.secondProcess();
      const found = await second.webhooks.find(id);
      assert.deepEqual(found, {
        id,
        websiteId,
        url: 'https://hooks.example/x',
        salt: 'salt',
        createdAt: now,
        events: ['page.failing'],
        disabledAt: null,
      });
      assert.deepEqual(await second.webhooks.of(websiteId), [found]);
      assert.deepEqual(await webhooks.websites(), [websiteId]);
      const another = { websiteId, url: 'https://hooks.example/y', salt: '', createdAt: now, events: [] };
      assert.equal(await webhooks.create(another, 1), undefined);
      assert.equal(await webhooks.create({ ...another, websiteId: 999 as WebsiteId }, 5), undefined);
      await webhooks.disable(id, now);
      assert.deepEqual(await webhooks.websites(), []);
      assert.equal(await webhooks.remove((websiteId + 1) as WebsiteId, id), false);
      assert.equal(await webhooks.remove(websiteId, id), true);
      assert.equal(await webhooks.find(id), undefined);
    });

    it('has a bounded queue of deliveries, each tried by one process', async () => {
      await using harness = await open();
      const { webhooks } = harness.store;
      const { id: websiteId, origin } = await makeWebsite(harness.store);
      const webhookId = await webhookOf(harness.store, websiteId);
      const made = { webhookId, event: 'page.failing', body: '{"a":"ü"}', createdAt: now } as const;
      assert.equal(await webhooks.enqueue({ ...made, messageId: 'm1' }, 2), true);
      assert.equal(await webhooks.enqueue({ ...made, messageId: 'm2', createdAt: at(5) }, 2), true);
      assert.equal(await webhooks.enqueue({ ...made, messageId: 'm3' }, 2), false);
      const [first] = await webhooks.due(at(4), 10);
      assert.ok(first !== undefined);
      const fresh = { attempts: 0, nextAt: now, result: null, answer: null };
      assert.deepEqual(first, { ...made, ...fresh, id: first.id, messageId: 'm1' });
      const second = await harness.secondProcess();
      const claims = [webhooks.claim(first, at(100)), second.webhooks.claim(first, at(100))];
      assert.deepEqual((await Promise.all(claims)).toSorted(), [false, true]);
      assert.deepEqual(
        (await webhooks.due(at(50), 10)).map(({ messageId }) => messageId),
        ['m2'],
      );
      await webhooks.settle(first.id, 'delivered', '204', null);
      assert.equal(await webhooks.enqueue({ ...made, messageId: 'm3', createdAt: at(9) }, 2), true);
      const all = await webhooks.deliveries(webhookId, 10);
      assert.deepEqual(
        all.map(({ messageId, attempts, result, answer }) => ({ messageId, attempts, result, answer })),
        [
          { messageId: 'm3', attempts: 0, result: null, answer: null },
          { messageId: 'm2', attempts: 0, result: null, answer: null },
          { messageId: 'm1', attempts: 1, result: 'delivered', answer: '204' },
        ],
      );
      await webhooks.forgetDeliveries(at(100));
      assert.equal((await webhooks.deliveries(webhookId, 10)).length, 2);
      await harness.store.websites.remove(origin);
      assert.deepEqual(await webhooks.due(at(100), 10), []);
    });

    it('is told of a page once', async () => {
      await using harness = await open();
      const { webhooks } = harness.store;
      const { id } = await makeWebsite(harness.store);
      const long = target(`/${'x'.repeat(8000)}`);
      assert.equal(await webhooks.report(id, long), true);
      assert.equal(await webhooks.report(id, long), false);
      assert.deepEqual(await webhooks.reported(id), [long]);
      assert.equal(await webhooks.unreport(id, long), true);
      assert.equal(await webhooks.unreport(id, long), false);
      assert.equal(await webhooks.report(999 as WebsiteId, long), false);
    });
  });
}
