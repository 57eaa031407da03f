import { sql } from 'kysely';
import type { DatabaseAddress } from '../postgres/connection/address.ts';
import { Database } from '../postgres/connection/database.ts';
import { migrate } from '../postgres/migrate.ts';
import { checkDatabase } from '../postgres/start-checks.ts';
import { type MovingDatabase, progressTable, sourceName, type Table, type Value } from './moving-database.ts';

const rowsAtOnce = 500;
// Hundreds of rows with their indexes, on a busy server.
const batchMs = 60_000;

type Type = 'time' | 'boolean' | 'other';

/** @throws {Error} with a readable message if the database cannot be used. */
export async function postgresSide(address: DatabaseAddress, name: string): Promise<MovingDatabase> {
  await checkDatabase(address, () => Date.now());
  await migrate(address.directUrl ?? address.url);
  const db = new Database(address, 2);
  const found = await db.all(sql<{ table: string; column: string; type: string }>`
    SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns
    WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`);
  const types = new Map(found.map(({ table, column, type }) => [`${table}.${column}`, typeOf(type)]));
  const hasProgress = async () =>
    (await db.first(sql<{ there: boolean }>`SELECT to_regclass(${progressTable}) IS NOT NULL AS there`))?.there ===
    true;
  const note = (table: string, last: string) => sql`INSERT INTO ${sql.table(progressTable)} VALUES (${table}, ${last})
    ON CONFLICT (name) DO UPDATE SET last = excluded.last`;
  const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

  return {
    name,

    async tables() {
      const keys = await db.all(sql<{ table: string; column: string }>`
        SELECT i.indrelid::regclass::text AS table, a.attname::text AS column
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = current_schema()::regnamespace
        WHERE i.indisprimary ORDER BY i.indrelid, array_position(i.indkey::int2[], a.attnum)`);
      const references = await db.all(sql<{ table: string; other: string }>`
        SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS other FROM pg_constraint
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`);
      const plain = (text: string) => text.replaceAll('"', '');
      return [...new Set(found.map(({ table }) => table))].map(
        (table): Table => ({
          name: table,
          columns: found.filter((row) => row.table === table).map(({ column }) => column),
          key: keys.filter((row) => plain(row.table) === table).map(({ column }) => column),
          refersTo: references.filter((row) => plain(row.table) === table).map(({ other }) => plain(other)),
        }),
      );
    },

    async isInUse() {
      const now = sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;
      return (await db.all(sql`SELECT FROM nodes WHERE until > ${now}`)).length > 0;
    },

    count: async (table) => (await db.first(sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`))?.n ?? 0,

    async rows({ name: table, key }, columns, after) {
      const where = after === undefined ? sql`` : sql`WHERE (${names(key)}) > (${sql.join([...after])})`;
      const rows = await db.all(sql<Record<string, Value | boolean | Date>>`SELECT ${names(columns)}
        FROM ${sql.table(table)} ${where} ORDER BY ${names(key)} LIMIT ${sql.lit(rowsAtOnce)}`);
      return rows.map((row) => columns.map((column) => plainValue(row[column] ?? null)));
    },

    async lastIds() {
      const last = new Map<string, number>();
      const identities = await db.all(sql<{ table: string; sequence: string }>`
        SELECT table_name AS table, pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
        FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'`);
      for (const { table, sequence } of identities) {
        const row = await db.first(sql<{ id: number }>`SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS id
          FROM ${sql.raw(sequence)}`);
        last.set(table, row?.id ?? 0);
      }
      last.set('changes', (await db.first(sql<{ seq: number }>`SELECT seq FROM change_counter`))?.seq ?? 0);
      return last;
    },

    async progress() {
      if (!(await hasProgress())) return undefined;
      const rows = await db.all(
        sql<{ name: string; last: string }>`SELECT name, last FROM ${sql.table(progressTable)}`,
      );
      return new Map(rows.map((row) => [row.name, row.last]));
    },

    async begin(from, tables) {
      await db.transaction(
        async (tx) => {
          await tx.run(
            sql`CREATE TABLE IF NOT EXISTS ${sql.table(progressTable)} (name text PRIMARY KEY, last text NOT NULL)`,
          );
          await tx.run(sql`DELETE FROM ${sql.table(progressTable)}`);
          for (const table of tables.toReversed()) await tx.run(sql`DELETE FROM ${sql.table(table.name)}`);
          await tx.run(note(sourceName, from));
        },
        { timeoutMs: batchMs },
      );
    },

    async add(table, columns, rows, progress) {
      const valueIn = (column: string, value: Value) =>
        types.get(`${table.name}.${column}`) === 'boolean' && value !== null ? value !== 0 : value;
      const lists = rows.map(
        (row) => sql`(${sql.join(row.map((value, at) => sql`${valueIn(columns[at] ?? '', value)}`))})`,
      );
      await db.transaction(
        async (tx) => {
          if (lists.length > 0)
            await tx.run(sql`INSERT INTO ${sql.table(table.name)} (${names(columns)}) VALUES ${sql.join(lists)}`);
          await tx.run(note(table.name, progress));
        },
        { timeoutMs: batchMs },
      );
    },

    async settle(lastIds) {
      await db.run(sql`UPDATE websites SET wanted_host = settings::jsonb ->> 'ownHost',
        fallback_hash = settings::jsonb -> 'fallbackPicture' ->> 'hash'`);
      const newest = lastIds.get('changes') ?? 0;
      await db.run(sql`UPDATE change_counter
        SET seq = greatest(seq, ${newest}::bigint, (SELECT coalesce(max(seq), 0) FROM changes))`);
      const identities = await db.all(sql<{ table: string; column: string; sequence: string }>`
        SELECT table_name AS table, column_name AS column,
          pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
        FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'`);
      for (const { table, column, sequence } of identities) {
        const last = lastIds.get(table) ?? 0;
        await db.all(sql`SELECT setval(${sequence}::regclass, greatest(${last}::bigint, max(${sql.ref(column)}), 1))
          FROM ${sql.table(table)}`);
      }
    },

    async end() {
      await db.run(sql`DROP TABLE ${sql.table(progressTable)}`);
    },

    [Symbol.asyncDispose]: () => db.close(),
  };
}

function typeOf(type: string): Type {
  if (type === 'boolean') return 'boolean';
  return type.startsWith('timestamp') ? 'time' : 'other';
}

function plainValue(value: Value | boolean | Date): Value {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'boolean' ? Number(value) : value;
}
