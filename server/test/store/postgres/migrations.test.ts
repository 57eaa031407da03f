import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { migrate } from '../../../src/store/postgres/migrate.ts';
import { migrations } from '../../../src/store/postgres/migrations.ts';
import { startPostgres } from '../../harness/postgres.ts';
import { startProcess } from '../processes/start.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());

async function newDatabase(): Promise<string> {
  const database = await server.createDatabase();
  await server.sql('CREATE EXTENSION pg_trgm', database);
  return database;
}

const next = { '9999 next': 'ALTER TABLE websites ADD COLUMN more text' };

describe('the tables of an empty database', () => {
  it('are made once by five nodes that start at once, and all of them work', async () => {
    const database = await server.createDatabase();
    const nodes = await Promise.all([1, 2, 3, 4, 5].map(() => startProcess('open-postgres.ts', server.url(database))));
    for (const node of nodes) node.go();
    for (const node of nodes) assert.deepEqual(await node.end, { code: 0, signal: null, errors: '' });
    const [made] = await server.sql('SELECT count(*)::integer AS websites FROM websites', database);
    assert.deepEqual(made?.rows, [{ websites: 5 }]);
    const [taken] = await server.sql('SELECT name FROM kysely_migration ORDER BY name', database);
    assert.deepEqual(
      taken?.rows.map(({ name }) => name),
      Object.keys(migrations),
    );
  });

  it('are as before when a step fails, and are made by the next start', async () => {
    const database = await newDatabase();
    const broken = { ...migrations, '9999 broken': 'CREATE TABLE half (); SELECT nonsense' };
    await assert.rejects(migrate(server.url(database), broken), /nonsense/);
    const tables = `SELECT count(*)::integer AS tables FROM pg_tables WHERE tablename IN ('half', 'websites')`;
    assert.deepEqual((await server.sql(tables, database))[0]?.rows, [{ tables: 0 }]);
    await migrate(server.url(database));
    assert.deepEqual((await server.sql(tables, database))[0]?.rows, [{ tables: 1 }]);
  });
});

describe('pages whose tags were read by an earlier version', () => {
  it('have the title that their tags give', async () => {
    const database = await newDatabase();
    const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0009'));
    await migrate(server.url(database), earlier);
    const tags = [
      { name: '<title>', content: 'A title' },
      { name: 'og:title', content: ' ' },
      { name: 'og:title', content: 'A Day by the Sea' },
    ];
    for (const [target, known] of [
      ['/a', tags],
      ['/b', tags.slice(0, 2)],
    ] as const) {
      const values = `1, '${target}', 0, 0, '${JSON.stringify(known)}'`;
      await server.sql(
        `INSERT INTO pages (website_id, target, kept_version, asked_at, tags) VALUES (${values})`,
        database,
      );
    }
    await migrate(server.url(database));
    const [made] = await server.sql('SELECT title FROM pages ORDER BY target', database);
    assert.deepEqual(made?.rows, [{ title: 'A Day by the Sea' }, { title: 'A title' }]);
  });
});

describe('a node that is a version older than the tables', () => {
  it('starts, and changes nothing', async () => {
    const database = await newDatabase();
    await migrate(server.url(database), { ...migrations, ...next });
    const node = await startProcess('open-postgres.ts', server.url(database));
    node.go();
    assert.deepEqual(await node.end, { code: 0, signal: null, errors: '' });
    await migrate(server.url(database), { ...migrations, ...next });
    const [taken] = await server.sql('SELECT name FROM kysely_migration', database);
    assert.equal(taken?.rowCount, Object.keys(migrations).length + 1);
  });

  it('does not start where a step says that it cannot work with it', async () => {
    const database = await newDatabase();
    const steps = {
      ...migrations,
      '9999 breaking': `UPDATE compatibility SET oldest = ${Object.keys(migrations).length + 1}`,
    };
    await migrate(server.url(database), steps);
    await assert.rejects(
      migrate(server.url(database)),
      /made by a newer version of OpenGraph\+.* Start that version\.$/,
    );
  });
});
