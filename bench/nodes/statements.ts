import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/src/store/open-store.ts';
import { page, startOrigin } from '../../server/test/harness/origin.ts';
import { startPostgres } from '../../server/test/harness/postgres.ts';
import { startS3Server } from '../../server/test/harness/s3/s3-server.ts';
import { startTestService } from '../../server/test/harness/service.ts';
import { summarise } from '../statistics.ts';
import { startCounter } from './wire.ts';

const times = 9;

/**
 * What each kind of request asks of Postgres, counted on the wire, and of the bucket. Medians of nine, so that heartbeats and
 * what is written every few seconds are left out. Gives the lines of a table.
 */
export async function benchStatements(): Promise<string[]> {
  await using parts = new AsyncDisposableStack();
  const postgres = parts.use(await startPostgres());
  const database = await postgres.createDatabase();
  const count = { statements: 0, commits: 0, roundTrips: 0, bytes: 0 };
  const { port } = parts.use(await startCounter(postgres.port, count));
  const s3 = parts.use(await startS3Server());
  const url = postgres.url(database).replace(`:${postgres.port}/`, `:${port}/`);
  const env = {
    OGPLUS_DATABASE_URL: url,
    OGPLUS_DATABASE_DIRECT_URL: postgres.url(database),
    OGPLUS_STORAGE_URL: `s3://${s3.bucket}/og`,
    OGPLUS_S3_ENDPOINT: s3.url,
    AWS_ACCESS_KEY_ID: s3.keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.keys.secretAccessKey,
    AWS_REGION: s3.keys.region,
    OGPLUS_MASTER_KEY: Buffer.alloc(32, 1).toString('base64url'),
  };
  let headers: Record<string, string> = { 'Cache-Control': 'max-age=600' };
  const origin = parts.use(await startOrigin((req, res) => page({ headers })(req, res)));
  let service = await startTestService(env);
  const website = await service.website(origin.url);
  const lines = [
    '| request | round trips | statements | commits | bytes | requests of the bucket |',
    '| --- | --- | --- | --- | --- | --- |',
  ];

  const tell = async (what: string, work: (time: number) => Promise<unknown>): Promise<void> => {
    const seen: Array<typeof count & { bucket: number }> = [];
    for (let time = 0; time < times; time++) {
      Object.assign(count, { statements: 0, commits: 0, roundTrips: 0, bytes: 0 });
      const before = s3.heard.length;
      await work(time);
      seen.push({ ...count, bucket: s3.heard.length - before });
    }
    const median = (name: keyof typeof count | 'bucket') => summarise(seen.map((each) => each[name])).median;
    const cells = [median('roundTrips'), median('statements'), median('commits'), median('bytes'), median('bucket')];
    lines.push(`| ${what} | ${cells.join(' | ')} |`);
  };

  await service.card(website, '/first'); // the website is known from now on
  await tell('a cold card', (time) => service.card(website, `/cold-${time}`));
  await tell('a fresh card from memory', () => service.card(website, '/cold-0'));
  headers = { 'Cache-Control': 'no-cache', ETag: '"1"' };
  await service.card(website, '/asked');
  await tell('a card that the origin answers with `304`', () => service.card(website, '/asked'));
  headers = { 'Cache-Control': 'no-store' };
  await service.card(website, '/never');
  await tell('a page that forbids keeping', () => service.card(website, '/never'));
  const purge = () => service.service.store.changes.purge(website.id, { kind: 'website' });
  await tell('a purge, one node', purge);
  {
    // Their own statements, on the way that is not counted, are two each.
    await using others = new AsyncDisposableStack();
    for (let n = 0; n < 3; n++) {
      const folder = mkdtempSync(join(tmpdir(), 'ogplus-bench-node-'));
      others.defer(() => rmSync(folder, { recursive: true }));
      others.use(await openStore(folder, { database: { url: postgres.url(database) } }));
    }
    await tell('a purge, three other nodes', purge);
  }

  headers = { 'Cache-Control': 'max-age=600' };
  for (let time = 0; time < times; time++) await service.card(website, `/kept-${time}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'ogplus-bench-node-'));
  parts.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  await service[Symbol.asyncDispose]();
  service = parts.use(await startTestService({ ...env, OGPLUS_DATA_DIR: dataDir }));
  await service.card(website, '/another');
  await tell('a fresh card from the store, the picture in the bucket', (time) =>
    service.card(website, `/kept-${time}`),
  );
  return lines;
}
