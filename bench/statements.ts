// What each kind of request asks of Postgres: `node bench/statements.ts`. Counted on the wire, between a node and the database;
// heartbeats and what is written every few seconds are left out.

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { page, startOrigin } from '../server/test/harness/origin.ts';
import { startPostgres } from '../server/test/harness/postgres.ts';
import { startTestService } from '../server/test/harness/service.ts';

const count = { statements: 0, commits: 0, bytes: 0 };

await using parts = new AsyncDisposableStack();
const postgres = parts.use(await startPostgres());
const database = await postgres.createDatabase();
const counter = createServer((near) => follow(near, connect(postgres.port, '127.0.0.1')));
await new Promise<void>((resolve) => counter.listen(0, '127.0.0.1', resolve));
parts.defer(() => void counter.close());
const { port } = counter.address() as AddressInfo;
const url = postgres.url(database).replace(`:${postgres.port}/`, `:${port}/`);
const env = { OGPLUS_DATABASE_URL: url, OGPLUS_DATABASE_DIRECT_URL: postgres.url(database) };
let headers: Record<string, string> = { 'Cache-Control': 'max-age=600' };
const origin = parts.use(await startOrigin((req, res) => page({ headers })(req, res)));
let service = await startTestService(env);
const website = await service.website(origin.url);

console.log('| request | statements | commits | bytes |\n| --- | --- | --- | --- |');
await service.card(website, '/first'); // the website is known from now on
await tell('a cold card', (time) => service.card(website, `/cold-${time}`));
await tell('a fresh card from memory', () => service.card(website, '/cold-0'));
headers = { 'Cache-Control': 'no-cache', ETag: '"1"' };
await service.card(website, '/asked');
await tell('a card that the origin answers with 304', () => service.card(website, '/asked'));
await tell('a purge', () => service.service.store.changes.purge(website.id, { kind: 'website' }));
headers = { 'Cache-Control': 'no-store' };
await service.card(website, '/never');
await tell('a page that forbids keeping', () => service.card(website, '/never'));
headers = { 'Cache-Control': 'max-age=600' };
for (let time = 0; time < 9; time++) await service.card(website, `/kept-${time}`);
const { service: first, dataDir } = service;
await first[Symbol.asyncDispose]();
service = parts.use(await startTestService({ ...env, OGPLUS_DATA_DIR: dataDir }));
await service.card(website, '/another');
await tell('a fresh card from the store', (time) => service.card(website, `/kept-${time}`));
process.exit(0);

/** The median of nine: what is written every few seconds falls into few of them. */
async function tell(what: string, work: (time: number) => Promise<unknown>): Promise<void> {
  const seen: Array<typeof count> = [];
  for (let time = 0; time < 9; time++) {
    Object.assign(count, { statements: 0, commits: 0, bytes: 0 });
    await work(time);
    seen.push({ ...count });
  }
  const median = (name: keyof typeof count) => seen.map((each) => each[name]).sort((x, y) => x - y)[4];
  console.log(`| ${what} | ${median('statements')} | ${median('commits')} | ${median('bytes')} |`);
}

/** Counts the messages of a client (postgresql.org/docs/current/protocol-message-formats.html). */
function follow(near: Socket, far: Socket): void {
  let rest = Buffer.alloc(0);
  let started = false;
  let inTransaction = false;
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  far.on('data', (bytes) => {
    count.bytes += bytes.length;
    near.write(bytes);
  });
  near.on('close', () => far.destroy());
  near.on('data', (bytes) => {
    count.bytes += bytes.length;
    far.write(bytes);
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const header = started ? 1 : 0;
      if (rest.length < header + 4) return;
      const length = header + rest.readUInt32BE(header);
      if (rest.length < length) return;
      const [kind, text] = [String.fromCharCode(rest[0] ?? 0), rest.subarray(5, length).toString()];
      if (started && (kind === 'E' || kind === 'Q')) count.statements++;
      if (started && kind === 'Q' && text.startsWith('BEGIN')) inTransaction = true;
      else if (started && kind === 'Q' && text.startsWith('COMMIT')) {
        inTransaction = false;
        count.commits++;
      } else if (started && kind === 'E' && !inTransaction) count.commits++;
      started = true;
      rest = rest.subarray(length);
    }
  });
}
