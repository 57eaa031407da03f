import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openStore } from '../../../src/store/open-store.ts';
import { draw, target } from '../contract/samples.ts';

/**
 * Keeps cards in three lanes until it is killed: new ones, ones in place of others, ones that share a picture. Says
 * `{path} {responseId}` once a card is kept. The last lane is purged again and again.
 */
const [dataDir = '', round = ''] = process.argv.slice(2);
await using store = await openStore(dataDir);
const [website] = await store.websites.list();
if (website === undefined) throw new Error('There is no website to keep cards of.');
const { id } = website;
process.stdout.write('ready\n');
await once(process.stdin, 'data');

const shared = Buffer.alloc(40_000, 'shared');
const lanes = [0, 1, 2].map(async (lane) => {
  for (let number = 0; ; number++) {
    const bytes = number % 5 === 0 ? shared : randomBytes(20_000 + ((number * 7919) % 200_000));
    const responseId = `${round}-${number}`;
    if (lane === 2 && number % 7 === 6) await store.changes.purge(id, { kind: 'prefix', prefix: target('/2/') });
    const path = `/${lane}/${number % 40}`;
    const { keeping } = await draw(store, website, path, { responseId, bytes });
    if (keeping === 'kept') process.stdout.write(`${path} ${responseId}\n`);
  }
});
await Promise.all(lanes);
