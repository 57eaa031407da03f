import { isOpenElsewhere } from '../sqlite/copy.ts';
import { Database } from '../sqlite/database.ts';
import { type MovingDatabase, progressTable, type Row, sourceName, type Table, type Value } from './moving-database.ts';

// Some hundred kilobytes, and far fewer values than SQLite takes in one statement.
const rowsAtOnce = 500;

/** @param path of the database file, which exists. */
export async function sqliteSide(path: string, name: string): Promise<MovingDatabase> {
  const isOpen = isOpenElsewhere(path);
  const db = await Database.open(path);
  const all = <R>(text: string, values: readonly Value[] = []) => db.execute<R>(text, values).rows;
  const tableNames = () =>
    all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       AND name NOT LIKE 'page\\_search%' ESCAPE '\\' ORDER BY name`,
    ).map((row) => row.name);
  const hasProgress = () => tableNames().includes(progressTable);
  const insert = (table: string, columns: readonly string[], rows: readonly Row[]) => {
    if (rows.length === 0) return;
    const places = rows.map((row) => `(${row.map(() => '?').join()})`).join();
    all(`INSERT INTO ${quoted(table)} (${columns.map(quoted).join()}) VALUES ${places}`, rows.flat());
  };
  const note = (table: string, progress: string) =>
    all(`INSERT INTO ${progressTable} VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last`, [
      table,
      progress,
    ]);

  return {
    name,

    async tables() {
      return tableNames().map((table): Table => {
        const columns = all<{ name: string; pk: number }>(`PRAGMA table_info(${quoted(table)})`);
        const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
        const references = all<{ table: string }>(`PRAGMA foreign_key_list(${quoted(table)})`);
        return {
          name: table,
          columns: columns.map((column) => column.name),
          key: key.map((column) => column.name),
          refersTo: references.map((reference) => reference.table),
        };
      });
    },

    isInUse: async () => isOpen,
    count: async (table) => all<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(table)}`)[0]?.n ?? 0,

    async rows({ name: table, key }, columns, after) {
      const where = after === undefined ? '' : `WHERE (${key.map(quoted).join()}) > (${key.map(() => '?').join()})`;
      const text = `SELECT ${columns.map(quoted).join()} FROM ${quoted(table)} ${where} ORDER BY ${key.map(quoted).join()} LIMIT ${rowsAtOnce}`;
      return all<Record<string, Value>>(text, after).map((row) => columns.map((column) => row[column] ?? null));
    },

    async lastIds() {
      return new Map(
        all<{ name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence').map((row) => [row.name, row.seq]),
      );
    },

    async progress() {
      if (!hasProgress()) return undefined;
      const rows = all<{ name: string; last: string }>(`SELECT name, last FROM ${progressTable}`);
      return new Map(rows.map((row) => [row.name, row.last]));
    },

    async begin(from, tables) {
      db.transaction(() => {
        all(`CREATE TABLE IF NOT EXISTS ${progressTable} (name TEXT PRIMARY KEY, last TEXT NOT NULL) STRICT`);
        all(`DELETE FROM ${progressTable}`);
        for (const table of tables.toReversed()) all(`DELETE FROM ${quoted(table.name)}`);
        note(sourceName, from);
      });
    },

    async add(table, columns, rows, progress) {
      db.transaction(() => {
        insert(table.name, columns, rows);
        note(table.name, progress);
      });
    },

    async settle(lastIds) {
      db.transaction(() => {
        // Its trigger counts the pages of websites that are there already.
        all('UPDATE websites SET page_count = (SELECT count(*) FROM pages WHERE website_id = websites.id)');
        for (const [table, id] of lastIds) {
          const known = all<{ seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?', [table])[0]?.seq;
          if (known === undefined || known >= id) continue; // its ids are not of this kind, or are as far
          all('UPDATE sqlite_sequence SET seq = ? WHERE name = ?', [id, table]);
        }
      });
    },

    async end() {
      all(`DROP TABLE ${progressTable}`);
    },

    async [Symbol.asyncDispose]() {
      db.close();
    },
  };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
