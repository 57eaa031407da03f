/** The same promises as on SQLite (`purges-win.test.ts`), with records in Postgres. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { PictureFiles } from '../../../src/store/files/pictures.ts';
import { postgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { startPostgres } from '../../harness/postgres.ts';
import { dataFolder } from '../../store/harness-sqlite.ts';
import { databaseWithTables, empty } from '../../store/postgres/harness.ts';
import { makeModelWebsite, tryOrders } from './orders.ts';
import { watched } from './watched-store.ts';

// Each takes as long as twenty on SQLite.
const runs = Math.ceil(Number(process.env['OGPLUS_MODEL_RUNS'] ?? 300) / 20);

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
const database = await databaseWithTables(server);

describe('a page, whatever happens in whatever order, with records in Postgres', () => {
  it(`keeps its promises to its owner (${runs} random orders)`, async () => {
    await using folder = await dataFolder();
    await mkdir(join(folder.path, 'pictures'));
    await tryOrders(runs, async (clock) => {
      await empty(server, database);
      const atWork: Array<() => boolean> = [];
      const open = async () => {
        const opened = await postgresStore({
          address: { url: server.url(database) },
          pictures: new PictureFiles(folder.path),
          clock,
          databaseClock: clock,
          pagesPerWebsite: Number.POSITIVE_INFINITY,
          follows: true,
          connections: 4,
          nodeLeaseMs: 60_000,
        });
        const { store, isBusy } = watched(opened);
        atWork.push(isBusy);
        return store;
      };
      const first = await open();
      const website = await makeModelWebsite(first);
      await first[Symbol.asyncDispose]();
      return { website, open, isBusy: () => atWork.some((is) => is()), [Symbol.asyncDispose]: async () => {} };
    });
  });
});
