import { openStore } from '../../src/store/open-store.ts';
import { ensureMasterKey } from '../../src/websites/master-key.ts';

/** Makes a data folder as `serve` does, for commands: they make none. */
export async function makeDataFolder(path: string): Promise<string> {
  await using store = await openStore(path);
  await ensureMasterKey({ dataDir: path }, store);
  return path;
}
