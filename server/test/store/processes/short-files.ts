import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreUnreachable } from '../../../src/model/store-unreachable.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { draw, gone, makeWebsite } from '../contract/samples.ts';

/** Under a limit of 1 MB for each file: neither a picture nor the database grows past it, and nothing else breaks. */
const [folder = ''] = process.argv.slice(2);
const unreachable = (error: unknown) => error instanceof StoreUnreachable;

await using store = await openStore(folder);
const website = await makeWebsite(store);
const small = await draw(store, website, '/small');
await assert.rejects(draw(store, website, '/large', { bytes: randomBytes(3_000_000) }), unreachable);
const left = await readdir(join(folder, 'pictures'), { recursive: true });
assert.deepEqual(
  left.filter((name) => name.endsWith('.tmp')),
  [],
);
await assert.rejects(async () => {
  for (let n = 0; ; n++) await store.cards.keep(gone(website, `/${n}`));
}, unreachable);
assert.deepEqual(await store.cards.find(small.id), small.card);
