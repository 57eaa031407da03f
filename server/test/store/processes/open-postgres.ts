import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../src/store/open-store.ts';
import { draw, makeWebsite } from '../contract/samples.ts';

/** Opens the store the moment it is told to, and writes from the first moment on. */
const [url = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'ogplus-node-'));
await mkdir(join(folder, 'pictures'));
process.stdout.write('ready\n');
await once(process.stdin, 'data');
try {
  await using store = await openStore(folder, { database: { url } });
  const website = await makeWebsite(store, `p${process.pid}`);
  const { keeping } = await draw(store, website, '/');
  if (keeping !== 'kept') throw new Error('The card was not kept.');
} finally {
  await rm(folder, { recursive: true });
}
