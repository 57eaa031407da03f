import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { StoreUnreachable } from '../../model/store-unreachable.ts';
import { databaseFile, hasDataFolder, hasStore } from '../../store/data-folder.ts';
import type { Store } from '../../store/ports/store.ts';
import { checkBucket } from '../../store/s3/check-bucket.ts';
import { nameOf } from '../../store/s3/s3-address.ts';
import { S3Client } from '../../store/s3/s3-client.ts';
import { checkDatabase } from '../../store/sqlite/copy.ts';
import { masterKey, masterKeyFile } from '../../websites/master-key.ts';
import { bad, type Check, type Finding, good, hint, reasonOf } from './check.ts';

/**
 * @param store undefined where there is no data folder, or it cannot be opened.
 * @param depth `whole`: SQLite reads all of its file, which may take minutes; `answers`: it is asked whether it answers.
 */
export function dataChecks(config: Config, store: Store | undefined, depth: 'whole' | 'answers'): Check[] {
  const folder: Check = { name: 'data folder', find: () => dataFolder(config) };
  if (!hasStore(config)) return [folder];
  return [
    folder,
    { name: 'store', find: () => (depth === 'whole' ? database(config, store) : answers(store)) },
    ...(config.bucket === undefined ? [] : [{ name: 'bucket', find: () => bucketOf(config.bucket) }]),
    { name: 'master key', find: () => key(config) },
  ];
}

async function dataFolder(config: Config): Promise<Finding> {
  const { dataDir, namesDataDir } = config;
  if (!hasDataFolder(config)) {
    if (hasStore(config)) return good('none on this machine: records, pictures and the master key are elsewhere');
    const mend = namesDataDir
      ? 'Set OGPLUS_DATA_DIR to the folder of the service, or start it: npx ogplus serve makes the folder.'
      : 'Set OGPLUS_DATA_DIR to the folder of the service, or run this where ./data is.';
    return bad(`${dataDir} is not a data folder`, mend);
  }
  const { mode, uid } = await stat(dataDir);
  if ((mode & 0o077) !== 0) return hint(`other users can read ${dataDir}`, `Make it private: chmod 700 ${dataDir}`);
  const user = process.getuid?.();
  if (user !== undefined && user !== uid && user !== 0) {
    return bad(`${dataDir} belongs to another user`, `Run this, and the service, as its owner: user ${uid}.`);
  }
  return good(dataDir);
}

async function database({ dataDir, database: elsewhere }: Config, store: Store | undefined): Promise<Finding> {
  try {
    if (elsewhere !== undefined) {
      await store?.check();
      return good('Postgres answers');
    }
    const { websites, cards } = checkDatabase(join(dataDir, databaseFile));
    await store?.check();
    return good(`intact: ${websites} websites, ${cards} cards`);
  } catch (error) {
    return bad(reasonOf(error), 'Stop the service and restore the last backup: npx ogplus restore <file>');
  }
}

async function answers(store: Store | undefined): Promise<Finding> {
  try {
    await store?.check();
    return good('answers');
  } catch (error) {
    if (!(error instanceof StoreUnreachable)) return bad(reasonOf(error), 'See the log of the service.');
    // What it is, and what to do.
    const [says = '', ...rest] = error.message.split(/(?<=\.) /);
    const reason = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    const mend = rest.join(' ') || 'See the log of the service.';
    return bad(says.replace(/\.$/, '') + reason, mend);
  }
}

async function bucketOf(bucket: Config['bucket']): Promise<Finding> {
  if (bucket === undefined) return good('pictures are in the data folder');
  await using client = new S3Client(bucket.address);
  try {
    await checkBucket(client);
    return good(`${nameOf(bucket.address)} can be read and written`);
  } catch (error) {
    return bad(
      error instanceof Error ? error.message.replace(/\.$/, '') : String(error),
      'docs/settings.md, "Pictures in a bucket", says which settings and rights it needs.',
    );
  }
}

async function key({ dataDir, masterKey: given }: Config): Promise<Finding> {
  if (given !== undefined) return good('OGPLUS_MASTER_KEY');
  const path = join(dataDir, masterKeyFile);
  try {
    await masterKey({ dataDir });
  } catch (error) {
    return bad(reasonOf(error), 'Restore it from a backup: npx ogplus restore <file>');
  }
  const { mode } = await stat(path);
  return (mode & 0o077) === 0 ? good(path) : bad(`other users can read ${path}`, `Make it private: chmod 600 ${path}`);
}
