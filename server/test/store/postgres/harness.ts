import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { PictureFiles } from '../../../src/store/files/pictures.ts';
import type { PictureStorage } from '../../../src/store/ports/pictures.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { DatabaseAddress } from '../../../src/store/postgres/connection/address.ts';
import { migrate } from '../../../src/store/postgres/migrate.ts';
import { type PostgresOptions, postgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { S3Client } from '../../../src/store/s3/s3-client.ts';
import { S3Pictures } from '../../../src/store/s3/s3-pictures.ts';
import type { TestPostgres } from '../../harness/postgres.ts';
import { startS3Server } from '../../harness/s3/s3-server.ts';
import { MovableClock, type Open } from '../contract/harness.ts';
import { bucketOf, inBucket } from '../harness-s3.ts';
import { dataFolder, fileOf, flipOneBit, hashesIn } from '../harness-sqlite.ts';

// Nothing here is about a node that the database does not hear of; a busy machine must not look like one.
const nodeLeaseMs = 60_000;

/** A database with our tables. */
export async function databaseWithTables(server: TestPostgres): Promise<string> {
  const database = await server.createDatabase();
  await server.sql('CREATE EXTENSION pg_trgm', database);
  await migrate(server.url(database));
  return database;
}

/**
 * Makes the database as it was when its tables were made. Rows are deleted, of which there are few: to truncate tables makes
 * new files for all of them.
 */
export async function empty(server: TestPostgres, database: string): Promise<void> {
  await server.sql(
    `DO $$ DECLARE tables text[]; one text; BEGIN
       SELECT array_agg(quote_ident(tablename)) INTO tables FROM pg_tables
         WHERE schemaname = 'public' AND tablename NOT IN ('compatibility', 'kysely_migration', 'kysely_migration_lock');
       -- What is still under way ends first.
       EXECUTE 'LOCK TABLE ' || array_to_string(tables, ', ');
       -- In any order, whatever refers to whatever.
       SET LOCAL session_replication_role = replica;
       FOREACH one IN ARRAY tables LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
       FOR one IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'
       LOOP EXECUTE 'ALTER SEQUENCE ' || one || ' RESTART'; END LOOP;
     END $$;
     INSERT INTO change_counter VALUES (1, 0)`,
    database,
  );
}

/** Stores in Postgres and a bucket. One at a time, as below. */
export function openerWithS3(server: TestPostgres, database: string): Open {
  return async (options) => {
    const s3 = await startS3Server();
    const { address } = bucketOf(s3);
    const storage = () => new S3Pictures(new S3Client(address));
    return inBucket(s3, await openerOf(server, database, { storage })(options));
  };
}

export interface Places {
  /** If a pooler stands between. */
  readonly address?: DatabaseAddress;
  /** For other pictures than in files. */
  readonly storage?: () => PictureStorage;
}

/** Stores in Postgres and files. One at a time: they share the database, which is emptied after each. */
export function openerOf(server: TestPostgres, database: string, { address, storage }: Places = {}): Open {
  return async (options = {}) => {
    const folder = await dataFolder();
    await mkdir(join(folder.path, 'pictures'));
    const clock = new MovableClock();
    let opened: Store[] = [];
    const openOne = async () => {
      const given: PostgresOptions = {
        address: address ?? { url: server.url(database) },
        pictures: storage?.() ?? new PictureFiles(folder.path),
        clock,
        databaseClock: clock,
        pagesPerWebsite: options.pagesPerWebsite ?? Number.POSITIVE_INFINITY,
        follows: true,
        connections: 4,
        nodeLeaseMs,
      };
      const store = await postgresStore(given);
      opened.push(store);
      return store;
    };
    const newest = async () =>
      Number((await server.sql('SELECT seq FROM change_counter', database))[0]?.rows[0]?.['seq']);
    const closeAll = async () => {
      for (const store of opened) await store[Symbol.asyncDispose]();
      opened = [];
    };
    return {
      store: await openOne(),
      clock,
      secondProcess: openOne,
      async makePerson(id) {
        const [store] = opened;
        if (store === undefined) throw new Error('No store is open.');
        const accounts = new Kysely<{ user: object }>({ dialect: store.accounts.dialect });
        const at = new Date();
        const person = {
          id,
          name: id,
          email: `${id}@people.example`,
          emailVerified: false,
          createdAt: at,
          updatedAt: at,
        };
        await accounts.insertInto('user').values(person).execute();
      },
      async reopen() {
        await closeAll();
        return openOne();
      },
      async manyChanges({ id }, count) {
        await server.sql(
          `WITH counted AS (UPDATE change_counter SET seq = seq + ${count} RETURNING seq)
           INSERT INTO changes SELECT seq - ${count} + n, ${id}, 'website', ''
             FROM counted, generate_series(1, ${count}) AS n`,
          database,
        );
        return newest();
      },
      async wake() {
        const version = await newest();
        await server.sql('NOTIFY ogplus_changes', database);
        const behind = `SELECT FROM nodes WHERE acknowledged < ${version}`;
        while (((await server.sql(behind, database))[0]?.rowCount ?? 0) > 0);
      },
      lose: async (picture) => rm(await fileOf(folder.path, picture)),
      damage: (picture) => flipOneBit(folder.path, picture),
      pictures: () => hashesIn(folder.path),
      async [Symbol.asyncDispose]() {
        await closeAll();
        await empty(server, database);
        await folder[Symbol.asyncDispose]();
      },
    };
  };
}
