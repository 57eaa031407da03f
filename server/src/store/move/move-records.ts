import { createHash } from 'node:crypto';
import { commonTables, type MovingDatabase, type Row, sourceName, type Table } from './moving-database.ts';

/** Told how far it is: rows of a table, of how many. */
export type OnProgress = (table: string, done: number, all: number) => void;

// What the table says once all its rows are there.
const whole = 'whole';

/**
 * Moves all records, or goes on where an earlier move was interrupted. Then compares the tables of both, row by row.
 * @param restart begins anew what was begun.
 * @returns how many rows each table has.
 * @throws {Error} with a readable message: a service works with one of them, the target is another's, or what was moved is
 *   not what is there.
 */
export async function moveRecords(
  from: MovingDatabase,
  to: MovingDatabase,
  restart: boolean,
  onProgress: OnProgress,
): Promise<Map<string, number>> {
  for (const side of [from, to])
    if (await side.isInUse()) throw new Error(`A service is using ${side.name}. Stop it first.`);
  if ((await from.progress()) !== undefined)
    throw new Error(`${from.name} is itself the target of a move that was not finished. Finish that one first.`);
  const tables = commonTables(await from.tables(), await to.tables());
  await beginOrGoOn(from, to, tables, restart);

  const progress = (await to.progress()) ?? new Map<string, string>();
  for (const table of tables) await moveTable(from, to, table, progress.get(table.name), onProgress);
  await to.settle(await from.lastIds());

  const counts = new Map<string, number>();
  for (const table of tables) {
    const [here, there] = [await digest(from, table, onProgress), await digest(to, table, onProgress)];
    if (here.hash !== there.hash) throw new Error(differs(from, to, table, here.rows, there.rows));
    counts.set(table.name, here.rows);
  }
  return counts;
}

async function beginOrGoOn(from: MovingDatabase, to: MovingDatabase, tables: Table[], restart: boolean): Promise<void> {
  const progress = await to.progress();
  if (progress === undefined) {
    const [websites, people] = [await to.count('websites'), await to.count('user')];
    if (websites > 0 || people > 0)
      throw new Error(`${to.name} already has ${websites} websites and ${people} accounts. Move to an empty store.`);
    return to.begin(from.name, tables);
  }
  const begun = progress.get(sourceName);
  if (restart) return to.begin(from.name, tables);
  if (begun !== from.name)
    throw new Error(`A move from ${begun} to ${to.name} was not finished. Finish it, or start again with --restart.`);
}

async function moveTable(
  from: MovingDatabase,
  to: MovingDatabase,
  table: Table,
  progress: string | undefined,
  onProgress: OnProgress,
): Promise<void> {
  if (progress === whole) return;
  const all = await from.count(table.name);
  let done = progress === undefined ? 0 : await to.count(table.name);
  let last: Row | undefined = progress === undefined ? undefined : (JSON.parse(progress) as Row);
  const keyAt = table.key.map((column) => table.columns.indexOf(column));
  for (;;) {
    onProgress(table.name, done, all);
    const rows = await from.rows(table, table.columns, last);
    const end = rows.at(-1);
    if (end === undefined) break;
    last = keyAt.map((at) => end[at] ?? null);
    await to.add(table, table.columns, rows, JSON.stringify(last));
    done += rows.length;
  }
  await to.add(table, table.columns, [], whole);
}

/** The number of rows, and a hash of all of them in whatever order. */
async function digest(side: MovingDatabase, table: Table, onProgress: OnProgress) {
  const sum = Buffer.alloc(32);
  let rows = 0;
  const all = await side.count(table.name);
  const keyAt = table.key.map((column) => table.columns.indexOf(column));
  for (let last: Row | undefined; ; ) {
    onProgress(`checking ${table.name}`, rows, all);
    const some: Row[] = await side.rows(table, table.columns, last);
    for (const row of some) {
      const hash = createHash('sha256').update(JSON.stringify(row)).digest();
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) ^ (hash[at] ?? 0);
    }
    rows += some.length;
    const end = some.at(-1);
    if (end === undefined) return { rows, hash: sum.toString('hex') };
    last = keyAt.map((at) => end[at] ?? null);
  }
}

function differs(from: MovingDatabase, to: MovingDatabase, { name }: Table, here: number, there: number): string {
  const counts = here === there ? 'different rows' : `${there} rows instead of ${here}`;
  return `The table ${name} of ${to.name} has ${counts}: ${from.name} was changed while it was moved. Stop everything that uses it, and start again with --restart.`;
}
