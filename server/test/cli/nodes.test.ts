import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ogplus } from '../harness/command.ts';
import { startPostgres, type TestPostgres } from '../harness/postgres.ts';
import { type S3Server, startS3Server } from '../harness/s3/s3-server.ts';
import { bucketOf } from '../store/harness-s3.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

describe('a command on a machine without a data folder', () => {
  const stack = new AsyncDisposableStack();
  const password = 'a-password-of-the-database';
  let postgres: TestPostgres;
  let server: S3Server;
  let dataDir: string;
  let env: Record<string, string>;
  let named: string;

  before(async () => {
    postgres = stack.use(await startPostgres());
    server = stack.use(await startS3Server());
    dataDir = join(stack.use(await dataFolder()).path, 'not-there');
    const url = postgres.url(await postgres.createDatabase(), 'postgres', password);
    const { address } = bucketOf(server);
    env = {
      AWS_ACCESS_KEY_ID: address.accessKeyId,
      AWS_SECRET_ACCESS_KEY: address.secretAccessKey,
      AWS_REGION: address.region,
      OGPLUS_S3_ENDPOINT: server.url,
      OGPLUS_DATABASE_URL: url,
      OGPLUS_STORAGE_URL: `s3://${server.bucket}`,
      OGPLUS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64url'),
      OGPLUS_DATA_DIR: dataDir,
    };
    named = `Database: ${url.replace(/\/\/.*@/, '//')}, pictures: s3://${server.bucket}\n`;
  });
  after(() => stack.disposeAsync());

  it('works where records, pictures and the master key are elsewhere, names the database, and makes no folder', async () => {
    const created = await ogplus(['site', 'create', 'https://one.example'], env);
    assert.equal(created.code, 0, created.stderr);
    assert.match(created.stdout, /ogplus_live_/);
    for (const args of [
      ['site', 'list'],
      ['cache', 'purge', 'https://one.example', '--yes'],
      ['account', 'list'],
    ]) {
      const { code, stdout, stderr } = await ogplus(args, env);
      assert.deepEqual([code, stderr], [0, named], args.join(' '));
      assert.ok(!stdout.includes(password));
    }
    assert.match((await ogplus(['site', 'list'], env)).stdout, /https:\/\/one\.example/);
    const { stdout } = await ogplus(['doctor', '--json'], env);
    const { checks } = JSON.parse(stdout) as { checks: ReadonlyArray<{ name: string; level: string }> };
    const levelOf = (name: string) => checks.find((check) => check.name === name)?.level;
    assert.deepEqual(['data folder', 'store', 'bucket', 'master key'].map(levelOf), ['good', 'good', 'good', 'good']);
    assert.equal(existsSync(dataDir), false);
  });

  it('is refused where something of the store would be in the folder, and says what to set', async () => {
    for (const [missing, advice] of [
      [['OGPLUS_MASTER_KEY'], 'Set OGPLUS_MASTER_KEY as on'],
      [['OGPLUS_MASTER_KEY', 'OGPLUS_STORAGE_URL'], 'Set OGPLUS_STORAGE_URL and OGPLUS_MASTER_KEY as on'],
    ] as const) {
      const without = Object.fromEntries(Object.entries(env).filter(([name]) => !missing.some((one) => one === name)));
      const { code, stderr } = await ogplus(['site', 'list'], without);
      assert.equal(code, 1);
      assert.ok(stderr.startsWith(`ogplus: There is no data folder at ${dataDir}. ${advice}`), stderr);
      assert.equal(existsSync(dataDir), false);
    }
  });
});
