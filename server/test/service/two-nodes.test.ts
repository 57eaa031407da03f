import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startPostgres } from '../harness/postgres.ts';
import { startS3InThread } from '../harness/s3/s3-in-thread.ts';
import { oneForAll } from './processes/one-for-all.ts';

const folder = await mkdtemp(join(tmpdir(), 'ogplus-nodes-'));
const postgres = await startPostgres();
const s3 = await startS3InThread();
const shared = {
  OGPLUS_DATABASE_URL: postgres.url(await postgres.createDatabase()),
  OGPLUS_STORAGE_URL: `s3://${s3.bucket}`,
  OGPLUS_S3_ENDPOINT: s3.url,
  OGPLUS_MASTER_KEY: randomBytes(32).toString('base64url'),
  AWS_ACCESS_KEY_ID: s3.keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: s3.keys.secretAccessKey,
  AWS_REGION: s3.keys.region,
};
oneForAll('two nodes on Postgres and S3', (number) => ({ ...shared, OGPLUS_DATA_DIR: join(folder, String(number)) }));
after(async () => {
  await s3[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
