import { once } from 'node:events';
import { openStore } from '../../../src/store/open-store.ts';
import { draw, makeWebsite } from '../contract/samples.ts';

/** Opens the store the moment it is told to, and writes from the first moment on. */
const [dataDir = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
await using store = await openStore(dataDir);
const website = await makeWebsite(store, `p${process.pid}`);
for (let number = 0; number < 20; number++) {
  const { keeping } = await draw(store, website, `/${number}`);
  if (keeping !== 'kept') throw new Error(`The card of /${number} was not kept.`);
}
