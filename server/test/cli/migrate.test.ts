import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { Kysely } from 'kysely';
import { defaultSettings } from '../../src/model/website.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/ports/store.ts';
import { ogplus, startCommand } from '../harness/command.ts';
import { startPostgres } from '../harness/postgres.ts';
import { type S3Server, startS3Server } from '../harness/s3/s3-server.ts';
import { bytesOf, draw, gone, makeWebsite, pictureOf, target } from '../store/contract/samples.ts';
import { bucketOf } from '../store/harness-s3.ts';
import { dataFolder, hashesIn } from '../store/harness-sqlite.ts';

const postgres = await startPostgres();
after(() => postgres[Symbol.asyncDispose]());

/** A store with something of everything. */
async function fill(store: Store, cards: number) {
  const website = await makeWebsite(store, 'one');
  const other = await makeWebsite(store, 'two');
  await store.websites.remove((await makeWebsite(store, 'gone')).origin);
  const person = { id: 'ann', name: 'Ann "ä" O’Neil', email: 'ann@people.example', emailVerified: 0 };
  const at = new Date().toISOString();
  const accounts = new Kysely<{ user: object }>({ dialect: store.accounts.dialect });
  await accounts
    .insertInto('user')
    .values({ ...person, createdAt: at, updatedAt: at })
    .execute();
  await store.members.join(website.id, 'ann' as never, 'owner', website.createdAt as never);
  const bytes = bytesOf('fallback', 5000);
  await store.pictures.write(pictureOf(bytes), bytes);
  await store.websites.changeSettings(website.id, { fallbackPicture: pictureOf(bytes), patience: 1000 as never });
  for (let n = 0; n < cards; n++) await draw(store, n % 2 ? website : other, `/page/${n}`);
  await store.cards.keep(gone(other, '/gone'));
  await store.changes.purge(other.id, { kind: 'prefix', prefix: target('/page/1') });
  const last = await draw(store, website, '/page/last');
  const decision = {
    at: store.clock.now(),
    kind: 'failed',
    consumer: 'generic',
    status: 502,
    explanation: null,
    failure: 'It fails.',
  } as const;
  await store.activity.noteDecisions([{ websiteId: website.id, target: target('/x'), decision }]);
  await store.cards.noteAsked([{ id: last.id, requests: 7 }], store.clock.now());
  const change = {
    websiteId: website.id,
    at: store.clock.now(),
    actor: { kind: 'command-line' },
    address: null,
  } as const;
  await store.audit.note({ ...change, action: { kind: 'website.created', origin: website.origin } }, 10);
  return { website, other, last };
}

/** A filled data folder, a bucket and an empty database to move between. */
async function places(cards: number) {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await dataFolder());
  const server = stack.use(await startS3Server());
  const from = join(folder.path, 'from');
  const store = await openStore(from);
  const filled = await fill(store, cards);
  await store[Symbol.asyncDispose]();
  await writeFile(join(from, 'secret.key'), Buffer.alloc(32, 7));
  const database = await postgres.createDatabase();
  const { address } = bucketOf(server);
  const env = {
    AWS_ACCESS_KEY_ID: address.accessKeyId,
    AWS_SECRET_ACCESS_KEY: address.secretAccessKey,
    AWS_REGION: address.region,
    OGPLUS_S3_ENDPOINT: server.url,
  };
  return {
    ...filled,
    from,
    folder: folder.path,
    server,
    url: postgres.url(database),
    env,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const hashesOf = (server: S3Server) => [...server.objects.keys()].map((key) => key.slice(-64)).toSorted();

/** All rows of a database file but what is valid for a moment alone. */
function rowsOf(dataDir: string): Record<string, unknown[]> {
  const db = new DatabaseSync(join(dataDir, 'ogplus.sqlite'));
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'page_search%'")
    .all();
  const rows = Object.fromEntries(
    names
      .map(({ name }) => String(name))
      .filter((name) => !['leases', 'rates', 'removed_pictures', 'sqlite_stat1', 'sqlite_stat4'].includes(name))
      .map((name) => [
        name,
        db
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ]),
  );
  db.close();
  return rows;
}

describe('ogplus migrate', () => {
  it('moves everything from SQLite and files to Postgres and S3, and back, and nothing is lost', async () => {
    await using test = await places(30);
    const there = `${test.url},s3://${test.server.bucket}/moved`;
    const { code, stdout, stderr } = await ogplus(['migrate', '--from', test.from, '--to', there], test.env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /: 2 websites, \d+ pages, 32 cards, 1 account\.$/m);
    assert.match(stdout, /^Moved 32 pictures, each compared with its hash\.$/m);
    assert.match(stdout, /OGPLUS_MASTER_KEY=\$\(basenc --base64url .*secret\.key\)/);
    assert.deepEqual(hashesOf(test.server), await hashesIn(test.from));

    const bucket = { ...bucketOf(test.server, 'moved/') };
    const store = await openStore(join(test.folder, 'node'), { database: { url: test.url }, bucket });
    const { last, website, other } = test;
    assert.deepEqual((await store.cards.find(last.id))?.outcome, last.card.outcome);
    assert.ok((await store.pictures.read(last.picture))?.equals(last.bytes));
    assert.equal((await store.websites.byId(website.id))?.settings.fallbackPicture?.size, 5000);
    assert.deepEqual({ ...(await store.websites.byId(other.id))?.settings }, defaultSettings);
    assert.equal((await store.cards.ofPage(other.id, target('/page/10'))).length, 0, 'what was purged stays purged');
    const { purgeVersion } = await store.changes.purgeState(website.id, target('/'));
    assert.equal(await store.changes.purge(website.id, { kind: 'page', target: target('/y') }), purgeVersion + 1);
    const made = await makeWebsite(store, 'new');
    assert.ok(made.id > 3, 'no id is given out twice');
    await store.websites.remove(made.origin);
    await store[Symbol.asyncDispose]();

    const back = join(test.folder, 'back');
    const again = await ogplus(['migrate', '--from', there, '--to', back], test.env);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(await hashesIn(back), await hashesIn(test.from));
    const [before, after] = [rowsOf(test.from), rowsOf(back)];
    for (const table of [
      'websites',
      'keys',
      'pages',
      'page_requests',
      'cards',
      'decisions',
      'user',
      'memberships',
      'usage',
      'hourly_usage',
    ])
      assert.deepEqual(after[table], before[table], table);
  });

  it('moves pictures alone, where the records stay', async () => {
    await using test = await places(5);
    const there = `${test.from},s3://${test.server.bucket}`;
    const { code, stderr } = await ogplus(['migrate', '--from', test.from, '--to', there], test.env);
    assert.equal(code, 0, stderr);
    assert.deepEqual(hashesOf(test.server), await hashesIn(test.from));
    const back = await ogplus(['migrate', '--from', there, '--to', test.from], test.env);
    assert.match(back.stdout, /^Moved 0 pictures, each compared with its hash, 7 were there already\.$/m);
  });

  it('goes on where it was killed, with pictures and with records', async () => {
    await using test = await places(40);
    const command = ['migrate', '--from', test.from, '--to', `${test.url},s3://${test.server.bucket}`];
    // Held in the middle of the pictures.
    const held = Promise.withResolvers<void>();
    let puts = 0;
    test.server.misbehave = (heard) => {
      if (!heard.startsWith('PUT pictures/') || ++puts <= 20) return undefined;
      held.resolve();
      return 'hang';
    };
    const killed = startCommand(command, test.env);
    await held.promise;
    killed.signal('SIGKILL');
    await killed.ended;
    const had = hashesOf(test.server).length;
    assert.ok(had > 0 && had < 42, String(had));

    // As if it was killed in the middle of the records: a table is half there.
    const database = new URL(test.url).pathname.slice(1);
    await postgres.sql(
      `DELETE FROM cards WHERE id > (SELECT min(id) + 9 FROM cards);
       UPDATE moving SET last = (SELECT json_build_array(max(id)) FROM cards) WHERE name = 'cards'`,
      database,
    );
    test.server.misbehave = () => undefined;
    const { code, stdout, stderr } = await ogplus(command, test.env);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      new RegExp(`^Moved ${42 - had} pictures, each compared with its hash, ${had} were there already`, 'm'),
    );
    assert.deepEqual(hashesOf(test.server), await hashesIn(test.from));
    const left = await postgres.sql("SELECT to_regclass('moving') AS moving", database);
    assert.equal(left[0]?.rows[0]?.moving, null);
  });

  it('says so where the target is not what the source is, and begins anew when asked to', async () => {
    await using test = await places(5);
    const command = ['migrate', '--from', test.from, '--to', `${test.url},s3://${test.server.bucket}`];
    test.server.denied.add('PUT');
    assert.equal((await ogplus(command, test.env)).code, 1);
    const database = new URL(test.url).pathname.slice(1);
    await postgres.sql("UPDATE pages SET requests = requests + 1 WHERE target = '/page/3'", database);
    test.server.denied.clear();
    const wrong = await ogplus(command, test.env);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^ogplus: The table pages of postgres:\/\/.* has different rows: .*--restart\.$/m);
    const { code, stderr } = await ogplus([...command, '--restart'], test.env);
    assert.equal(code, 0, stderr);
    const twice = await ogplus(command, test.env);
    assert.match(
      twice.stderr,
      /^ogplus: postgres:\/\/.* already has 2 websites and 1 accounts\. Move to an empty store\.$/m,
    );
  });

  it('does nothing while a service runs', async () => {
    await using test = await places(2);
    await using _store = await openStore(test.from);
    const { code, stderr } = await ogplus(['migrate', '--from', test.from, '--to', join(test.folder, 'to')], test.env);
    assert.equal(code, 1);
    assert.match(stderr, /^ogplus: A service is using .*ogplus\.sqlite\. Stop it first\.$/m);
  });

  it('counts pictures that are missing, and names wrong places', async () => {
    await using test = await places(3);
    await rm(join(test.from, 'pictures', test.last.picture.hash.slice(0, 2), test.last.picture.hash));
    const to = join(test.folder, 'to');
    await mkdir(to);
    const { code, stdout, stderr } = await ogplus(['migrate', '--from', test.from, '--to', to], test.env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /, 1 are missing at the source; their cards will be drawn again\.$/m);
    for (const [from, sentence] of [
      ['postgres://host/db', /^ogplus: --from names no place for pictures/m],
      ['s3://bucket', /^ogplus: --from names no place for records/m],
      [join(test.folder, 'nothing'), /^ogplus: There is no data folder at/m],
    ] as const) {
      const refused = await ogplus(['migrate', '--from', from, '--to', to], test.env);
      assert.notEqual(refused.code, 0);
      assert.match(refused.stderr, sentence);
    }
  });
});
