import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Actor, AuditAction, NewAuditEntry } from '../../../src/model/audit.ts';
import type { PersonId } from '../../../src/model/identity.ts';
import { epochMs } from '../../../src/model/units.ts';
import type { Origin, PublicKey, WebsiteId } from '../../../src/model/website.ts';
import type { AuditQuery } from '../../../src/store/ports/audit.ts';
import type { Open } from './harness.ts';
import { makeWebsite, target } from './samples.ts';

const now = epochMs(Date.UTC(2026, 0, 1));
const ada: Actor = { kind: 'person', id: 'p1' as PersonId, name: 'Ada ü' };
const script: Actor = { kind: 'person-key', id: 'p1' as PersonId, name: 'Ada ü', key: 'CI' };
const commandLine: Actor = { kind: 'command-line' };
const purged: AuditAction = { kind: 'cache.purged', part: 'pages', count: 12, targets: [target('/a')] };
const created: AuditAction = { kind: 'key.created', publicKey: 'ogplus_pk_1' as PublicKey };
const revoked: AuditAction = { kind: 'key.revoked', publicKey: 'ogplus_pk_1' as PublicKey };
const all: AuditQuery = { kinds: null, actor: null, limit: 100, before: null };

const entry = (websiteId: WebsiteId, action: AuditAction, more: Partial<NewAuditEntry> = {}): NewAuditEntry => {
  return { websiteId, at: now, actor: ada, action, address: null, ...more };
};
const kinds = (entries: ReadonlyArray<{ readonly action: AuditAction }>) => entries.map(({ action }) => action.kind);

export function auditContract(open: Open): void {
  describe('the audit log', () => {
    it('gives entries as they were written, newest first, to every process', async () => {
      await using harness = await open();
      const { id } = await makeWebsite(harness.store);
      const other = await makeWebsite(harness.store, 'other');
      const changes = [
        { name: 'redirectHosts', from: [], to: ['login.example'] },
        { name: 'oneCard', from: false, to: true },
      ] as const;
      const written = [
        entry(id, purged, { address: '192.0.2.7' }),
        entry(id, { kind: 'settings.changed', changes }, { at: epochMs(now + 1), actor: commandLine }),
      ];
      for (const one of written) await harness.store.audit.note(one, 10);
      await harness.store.audit.note(entry(other.id, created), 10);
      const { audit } = await harness.secondProcess();
      const found = await audit.of(id, all);
      assert.deepEqual(
        found.map(({ id: _, ...one }) => one),
        written.toReversed(),
      );
      assert.deepEqual(await audit.of(id, { ...all, limit: 1 }), found.slice(0, 1));
      assert.deepEqual(await audit.of(id, { ...all, before: found[0]?.id ?? 0 }), found.slice(1));
    });

    it('is searched by kinds and by who it was: a person is the same with a key', async () => {
      await using harness = await open();
      const { audit } = harness.store;
      const { id } = await makeWebsite(harness.store);
      await audit.note(entry(id, created), 10);
      await audit.note(entry(id, purged, { actor: script }), 10);
      await audit.note(entry(id, revoked, { actor: commandLine }), 10);
      assert.deepEqual(kinds(await audit.of(id, { ...all, kinds: ['key.created', 'key.revoked'] })), [
        'key.revoked',
        'key.created',
      ]);
      assert.deepEqual(kinds(await audit.of(id, { ...all, actor: 'person:p1' })), ['cache.purged', 'key.created']);
      const both = { ...all, actor: 'person:p1', kinds: ['key.created'] } as const;
      assert.deepEqual(kinds(await audit.of(id, both)), ['key.created']);
      const last = await audit.lastOfEach(id, 10);
      assert.deepEqual(
        last.map(({ actor }) => actor),
        [commandLine, script],
      );
      assert.equal((await audit.lastOfEach(id, 1)).length, 1);
    });

    it('forgets entries and addresses that are too old', async () => {
      await using harness = await open();
      const { audit } = harness.store;
      const { id } = await makeWebsite(harness.store);
      const at = (days: number) => epochMs(now + days * 86_400_000);
      for (const days of [0, 1, 2]) await audit.note(entry(id, purged, { at: at(days), address: '192.0.2.7' }), 10);
      await audit.forget(at(1), at(2));
      assert.deepEqual(
        (await audit.of(id, all)).map(({ at, address }) => [at, address]),
        [
          [at(2), '192.0.2.7'],
          [at(1), null],
        ],
      );
    });

    it('keeps the last few of a kind, and all of other kinds and websites', async () => {
      await using harness = await open();
      const { audit } = harness.store;
      const { id } = await makeWebsite(harness.store);
      const other = await makeWebsite(harness.store, 'other');
      await audit.note(entry(other.id, purged), 10);
      await audit.note(entry(id, created), 10);
      for (let at = 0; at < 15; at++) await audit.note(entry(id, purged, { at: epochMs(now + at) }), 10);
      const kept = await audit.of(id, all);
      assert.deepEqual(
        kept.map(({ at }) => at - now),
        [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 0],
      );
      assert.deepEqual(kinds(kept.slice(-1)), ['key.created']);
      assert.equal((await audit.of(other.id, all)).length, 1);
    });

    it('stays when its website is removed', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const { id, origin } = await makeWebsite(store);
      await store.audit.note(entry(id, created), 10);
      await store.websites.remove(origin);
      await store.audit.note(entry(id, { kind: 'website.removed', origin }), 10);
      await store.sweep(1, clock.now());
      assert.deepEqual(kinds(await store.audit.of(id, all)), ['website.removed', 'key.created']);
      assert.equal(await store.audit.removed(origin), id);
      assert.equal(await store.audit.removed('https://never.example' as Origin), undefined);
    });
  });
}
