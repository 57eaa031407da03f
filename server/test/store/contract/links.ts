import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs } from '../../../src/model/units.ts';
import type { WebsiteId } from '../../../src/model/website.ts';
import type { NewLink } from '../../../src/store/ports/links.ts';
import type { Open } from './harness.ts';
import { makeWebsite, target } from './samples.ts';

const now = epochMs(Date.UTC(2026, 0, 1));
const later = epochMs(now + 1000);

function newLink(websiteId: WebsiteId, tokenHash: string, more: Partial<NewLink> = {}): NewLink {
  const fields = { kind: 'deploy-hook', salt: null, name: '', target: null, createdAt: now, expiresAt: null } as const;
  return { websiteId, tokenHash, ...fields, ...more };
}

export function linksContract(open: Open): void {
  describe('a link', () => {
    it('is found by its hash and kind, by every process, as it was made', async () => {
      await using harness = await open();
      const { id: websiteId } = await makeWebsite(harness.store);
      const made = newLink(websiteId, 'h1', {
        kind: 'probe',
        salt: 's',
        name: 'a name',
        target: target('/a'),
        expiresAt: later,
      });
      const id = await harness.store.links.create(made, 5);
      assert.ok(id !== undefined);
      const { links } = await harness.secondProcess();
      assert.deepEqual(await links.find('probe', 'h1', now), { ...made, id, usedAt: null });
      assert.equal(await links.find('deploy-hook', 'h1', now), undefined);
      await links.noteUse(id, now);
      assert.equal((await harness.store.links.find('probe', 'h1', now))?.usedAt, now);
    });

    it('ends when it expires, when it is removed, and with its website', async () => {
      await using harness = await open();
      const { links, websites } = harness.store;
      const { id: websiteId, origin } = await makeWebsite(harness.store);
      const first = await links.create(newLink(websiteId, 'h1', { expiresAt: later }), 5);
      await links.create(newLink(websiteId, 'h2'), 5);
      const third = (await links.create(newLink(websiteId, 'h3'), 5)) ?? 0;
      const hashes = async (at = now) =>
        (await links.of(websiteId, 'deploy-hook', at)).map(({ tokenHash }) => tokenHash);
      assert.deepEqual(await hashes(), ['h3', 'h2', 'h1']);
      assert.deepEqual(await hashes(later), ['h3', 'h2']);
      assert.equal(await links.find('deploy-hook', 'h1', later), undefined);
      assert.equal(await links.remove((websiteId + 1) as WebsiteId, 'deploy-hook', third), false);
      assert.equal(await links.remove(websiteId, 'probe', third), false);
      assert.equal(await links.remove(websiteId, 'deploy-hook', third), true);
      assert.equal(await links.find('deploy-hook', 'h3', now), undefined);
      await links.forget(later);
      assert.ok(await links.find('deploy-hook', 'h1', now));
      await links.forget(epochMs(later + 1));
      assert.equal(await links.remove(websiteId, 'deploy-hook', first ?? 0), false);
      await websites.remove(origin);
      assert.equal(await links.find('deploy-hook', 'h2', now), undefined);
    });

    it('is one of a bounded number, of those that are valid, and of no website that is not there', async () => {
      await using harness = await open();
      const { links } = harness.store;
      const { id: websiteId } = await makeWebsite(harness.store);
      assert.ok(await links.create(newLink(websiteId, 'h1', { expiresAt: later }), 2));
      assert.ok(await links.create(newLink(websiteId, 'h2'), 2));
      assert.equal(await links.create(newLink(websiteId, 'h3'), 2), undefined);
      assert.ok(await links.create(newLink(websiteId, 'h3', { kind: 'probe' }), 2));
      assert.ok(await links.create(newLink(websiteId, 'h4', { createdAt: later }), 2));
      assert.equal(await links.create(newLink(999 as WebsiteId, 'h5'), 2), undefined);
    });

    it('has the last requests that came to it, for every process', async () => {
      await using harness = await open();
      const { probeRequests, links } = harness.store;
      const { id: websiteId } = await makeWebsite(harness.store);
      const id = (await links.create(newLink(websiteId, 'h1', { kind: 'probe' }), 5)) ?? 0;
      const headers = [
        ['User-Agent', 'Slackbot ü'],
        ['Accept', '*/*'],
      ] as const;
      const fields = { consumer: 'slack', what: 'page', headers, status: 200, type: 'text/html', size: 5 } as const;
      for (const method of ['GET', 'HEAD', 'POST']) await probeRequests.note(id, { at: now, method, ...fields }, 2);
      await probeRequests.note(999, { at: now, method: 'GET', ...fields }, 2);
      const second = await harness.secondProcess();
      const found = await second.probeRequests.after(id, 0, 10);
      assert.deepEqual(
        found.map(({ id: _, ...request }) => request),
        [
          { at: now, method: 'HEAD', ...fields },
          { at: now, method: 'POST', ...fields },
        ],
      );
      assert.deepEqual(await probeRequests.after(id, found[0]?.id ?? 0, 10), found.slice(1));
      await links.remove(websiteId, 'probe', id);
      assert.deepEqual(await probeRequests.after(id, 0, 10), []);
    });
  });
}
