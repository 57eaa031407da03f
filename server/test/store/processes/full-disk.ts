import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreUnreachable } from '../../../src/model/store-unreachable.ts';
import { systemClock } from '../../../src/model/units.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { Usage } from '../../../src/usage/usage.ts';
import { fillDisk } from '../../harness/fill-disk.ts';
import { draw, gone, makeWebsite } from '../contract/samples.ts';

/** In a folder on a small disk of its own: what the store does while the disk is full, and afterwards. */
const [folder = ''] = process.argv.slice(2);
const full = (error: unknown) => error instanceof StoreUnreachable && error.reason === 'full';

await using store = await openStore(join(folder, 'data'));
const website = await makeWebsite(store);
const before = await draw(store, website, '/before');
await store.check();
const filled = await fillDisk(join(folder, 'filler'));

await assert.rejects(store.check(), full, 'the check says that the disk is full');
await assert.rejects(draw(store, website, '/picture', { bytes: randomBytes(300_000) }), full, 'a picture is refused');
const left = await readdir(join(folder, 'data', 'pictures'), { recursive: true });
assert.deepEqual(
  left.filter((name) => name.endsWith('.tmp')),
  [],
);
await assert.rejects(
  async () => {
    for (let n = 0; ; n++) await store.cards.keep(gone(website, `/${n}`));
  },
  full,
  'a record is refused',
);
await assert.rejects(store.changes.purge(website.id, { kind: 'website' }), full, 'a purge says that it did not happen');
assert.deepEqual(await store.cards.find(before.id), before.card);
assert.ok((await store.pictures.read(before.picture))?.equals(before.bytes));

const usage = new Usage(store, systemClock);
usage.failed(website.id, 'generic');
await assert.rejects(usage.write(), full, 'what was counted cannot be written down');
usage.failed(website.id, 'slack');

await filled[Symbol.asyncDispose]();
await usage.write();
await usage.write();
const counted = (await store.activity.usageOf([website.id], 0)).usage.map((row) => [row.consumer, row.failures]);
assert.deepEqual(counted.sort(), [
  ['generic', 1],
  ['slack', 1],
]);
await store.check();
const after = await draw(store, website, '/after', { bytes: randomBytes(300_000) });
assert.equal(after.keeping, 'kept');
await store.changes.purge(website.id, { kind: 'website' });
assert.equal(await store.cards.find(before.id), undefined);
assert.equal(store.changes.catchUp(), true);
