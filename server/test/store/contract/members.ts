import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PersonId, Role } from '../../../src/model/identity.ts';
import type { Website } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { Harness, Open } from './harness.ts';
import { makeWebsite, newWebsite } from './samples.ts';

const anna = 'anna' as PersonId;
const ben = 'ben' as PersonId;

/** A website, and the roles that people have on it. */
async function websiteOf(harness: Harness, roles: Readonly<Record<string, Role>>, name = 'site'): Promise<Website> {
  const website = await makeWebsite(harness.store, name);
  for (const [id, role] of Object.entries(roles)) {
    await harness.makePerson(id);
    await harness.store.members.join(website.id, id as PersonId, role, harness.clock.now());
  }
  return website;
}

const rolesOf = async ({ members }: Store, { id }: Website) =>
  Object.fromEntries((await members.of(id)).map(({ personId, role }) => [personId, role]));

export function membersContract(open: Open): void {
  describe('the members of a website', () => {
    it('have a role there, and nowhere else', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'owner', ben: 'viewer' });
      const other = await makeWebsite(harness.store, 'other');
      assert.deepEqual(
        [await members.roleOf(anna, website.id), await members.roleOf(ben, website.id)],
        ['owner', 'viewer'],
      );
      assert.equal(await members.roleOf(anna, other.id), undefined);
      assert.deepEqual(await members.websitesOf(ben), [website]);
      assert.deepEqual(await members.of(website.id), [
        { personId: anna, name: 'anna', email: 'anna@people.example', role: 'owner' },
        { personId: ben, name: 'ben', email: 'ben@people.example', role: 'viewer' },
      ]);
    });

    it('keep the higher role when they join again', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'owner', ben: 'viewer' });
      const join = (role: Role) => members.join(website.id, ben, role, harness.clock.now());
      assert.deepEqual(
        [await join('editor'), await join('viewer'), await join('owner')],
        ['editor', 'editor', 'owner'],
      );
    });

    it('change roles and leave, but never the last owner', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'owner', ben: 'viewer' });
      assert.equal(await members.changeRole(website.id, anna, 'editor'), 'last-owner');
      assert.equal(await members.remove(website.id, anna), 'last-owner');
      assert.equal(await members.changeRole(website.id, anna, 'owner'), 'done');
      assert.equal(await members.changeRole(website.id, ben, 'owner'), 'done');
      assert.equal(await members.remove(website.id, anna), 'done');
      assert.deepEqual(await rolesOf(harness.store, website), { ben: 'owner' });
      assert.equal(await members.remove(website.id, anna), 'no-member');
      assert.equal(await members.changeRole(website.id, anna, 'viewer'), 'no-member');
    });

    it('leave an owner behind when two owners go at once, in two processes', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const website = await websiteOf(harness, { anna: 'owner', ben: 'owner' });
      const [one, other] = [harness.store.members, second.members];
      const changes = await Promise.all([one.remove(website.id, anna), other.changeRole(website.id, ben, 'viewer')]);
      assert.deepEqual(changes.toSorted(), ['done', 'last-owner']);
      assert.equal(Object.values(await rolesOf(harness.store, website)).filter((role) => role === 'owner').length, 1);
    });

    it('go with it, and so do its invitations', async () => {
      await using harness = await open();
      const { store } = harness;
      const website = await websiteOf(harness, { anna: 'owner' });
      await invite(harness, website, 'hash');
      await store.websites.remove(website.origin);
      assert.deepEqual(await store.members.of(website.id), []);
      assert.deepEqual(await store.members.websitesOf(anna), []);
      assert.equal(await store.members.join(website.id, anna, 'owner', harness.clock.now()), undefined);
      assert.equal(await store.members.invitation('hash', harness.clock.now()), undefined);
      assert.equal(await invite(harness, website, 'another'), undefined);
    });
  });

  describe('an invitation', () => {
    it('is good once, for one of those who take it at once', async () => {
      await using harness = await open();
      const second = await harness.secondProcess();
      const website = await websiteOf(harness, { anna: 'owner' });
      await invite(harness, website, 'hash');
      const now = harness.clock.now();
      const takes = [harness.store, second, harness.store].map(({ members }) => members.takeInvitation('hash', now));
      const taken = (await Promise.all(takes)).filter((one) => one !== undefined);
      assert.equal(taken.length, 1);
      assert.deepEqual([taken[0]?.role, taken[0]?.origin, taken[0]?.createdByName], ['editor', website.origin, 'anna']);
      assert.equal(await second.members.invitation('hash', now), undefined);
    });

    it('is good until it is over, and then listed no more', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'owner' });
      const id = await invite(harness, website, 'hash');
      const listed = async () => (await members.invitationsOf(website.id, harness.clock.now())).map((one) => one.id);
      assert.deepEqual(await listed(), [id]);
      harness.clock.move(1);
      assert.deepEqual(await listed(), []);
      assert.equal(await members.takeInvitation('hash', harness.clock.now()), undefined);
    });

    it('ends when whoever made it is demoted or removed', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'owner', ben: 'owner' });
      const now = harness.clock.now();
      await invite(harness, website, 'demoted');
      assert.equal(await members.changeRole(website.id, anna, 'editor'), 'done');
      assert.equal(await members.takeInvitation('demoted', now), undefined);
      await members.changeRole(website.id, anna, 'owner');
      assert.deepEqual(await members.invitationsOf(website.id, now), [], 'it does not come back with the role');
      await invite(harness, website, 'removed');
      assert.equal(await members.remove(website.id, anna), 'done');
      assert.equal(await members.invitation('removed', now), undefined);
    });

    it('never gives more than whoever made it has', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'viewer', ben: 'owner' });
      const now = harness.clock.now();
      await invite(harness, website, 'more');
      assert.deepEqual(await members.invitationsOf(website.id, now), []);
      assert.equal(await members.invitation('more', now), undefined);
      assert.equal(await members.takeInvitation('more', now), undefined);
      await invite(harness, website, 'key', null);
      assert.equal((await members.takeInvitation('key', now))?.role, 'editor', "a website's key is an owner");
    });

    it('is withdrawn by its website alone', async () => {
      await using harness = await open();
      const { members } = harness.store;
      const website = await websiteOf(harness, { anna: 'owner' });
      const other = await makeWebsite(harness.store, 'other');
      const id = (await invite(harness, website, 'hash')) ?? 0;
      assert.equal(await members.withdrawInvitation(other.id, id), false);
      assert.equal(await members.withdrawInvitation(website.id, id), true);
      assert.equal(await members.invitation('hash', harness.clock.now()), undefined);
    });
  });

  describe('the first account', () => {
    it('is claimed by one at a time, and again when that one gave up or crashed', async () => {
      await using harness = await open();
      const { clock } = harness;
      const stores = [harness.store, await harness.secondProcess(), harness.store];
      const claim = () => Promise.all(stores.map(({ members }) => members.claimFirstAccount(clock.now())));
      const winners = async () => (await claim()).filter((won) => won).length;
      assert.equal(await winners(), 1);
      assert.equal(await winners(), 0);
      await harness.store.members.giveUpFirstAccount();
      assert.equal(await winners(), 1);
      clock.move(1);
      assert.equal(await winners(), 1);
      assert.equal(await harness.store.members.firstAccount(), undefined);
    });

    it('owns what nobody owns, then and later, and stays the first', async () => {
      await using harness = await open();
      const { store, clock } = harness;
      const owned = await websiteOf(harness, { ben: 'owner' }, 'owned');
      const before = await websiteOf(harness, { anna: 'viewer' }, 'before');
      assert.equal(await store.members.settleFirstAccount(anna, clock.now()), true);
      assert.equal(await store.members.settleFirstAccount(ben, clock.now()), false);
      const after = await makeWebsite(store, 'after');
      const bens = await store.websites.create(newWebsite('bens'), ben);
      assert.deepEqual(await store.members.websitesOf(anna), [after, before]);
      assert.equal(await store.members.roleOf(anna, before.id), 'owner');
      assert.deepEqual(await store.members.websitesOf(ben), [bens, owned]);
      assert.equal(await store.members.firstAccount(), anna);
      clock.move(1);
      assert.equal(await store.members.claimFirstAccount(clock.now()), false);
      await store.members.giveUpFirstAccount();
      assert.equal(await store.members.firstAccount(), anna);
    });
  });
}

/** Good for half an hour. */
function invite(
  { store, clock }: Harness,
  { id: websiteId }: Website,
  tokenHash: string,
  createdBy: PersonId | null = anna,
) {
  const createdAt = clock.now();
  const expiresAt = (createdAt + 1_800_000) as typeof createdAt;
  return store.members.invite({ websiteId, role: 'editor', tokenHash, createdBy, createdAt, expiresAt });
}
