import { openStore } from '../server/src/store/open-store.ts';
import { newConnection, newPublicKey } from '../server/src/websites/keys.ts';
import { ensureMasterKey } from '../server/src/websites/master-key.ts';
import { parseOrigin } from '../server/src/websites/parse.ts';

/** Adds a website at each origin to the data folder of a service that does not run; gives their keys in this order. */
export async function addWebsites(dataDir: string, origins: readonly string[]) {
  await using store = await openStore(dataDir);
  await ensureMasterKey({ dataDir }, store);
  const added = [];
  for (const origin of origins) {
    const keys = { connection: newConnection(), publicKey: newPublicKey() };
    await store.websites.create({ origin: parseOrigin(origin), ...keys, createdAt: Date.now() });
    added.push(keys);
  }
  return added;
}
