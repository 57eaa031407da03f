/** A value as both databases have it: times are ISO 8601 text, booleans 0 or 1. */
export type Value = string | number | null;

/** The values of some columns, in their order. */
export type Row = readonly Value[];

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** Tables that its rows refer to. */
  readonly refersTo: readonly string[];
}

/** A database that records are moved from or to. */
export interface MovingDatabase extends AsyncDisposable {
  /** Its name for people, without a password. */
  readonly name: string;
  tables(): Promise<Table[]>;
  /** Whether a service works with it now. */
  isInUse(): Promise<boolean>;
  count(table: string): Promise<number>;
  /** Rows after a key, in the order of the key, a bounded number. */
  rows(table: Table, columns: readonly string[], after: Row | undefined): Promise<Row[]>;
  /** The largest ids that were ever given out, by table; they are never given out again. */
  lastIds(): Promise<Map<string, number>>;

  /** How far a move to this database has come, by table; undefined where none is under way. */
  progress(): Promise<ReadonlyMap<string, string> | undefined>;
  /** Begins a move, or begins it again: removes the rows of all tables. */
  begin(from: string, tables: readonly Table[]): Promise<void>;
  /** Adds rows and says how far the table is, both or neither. */
  add(table: Table, columns: readonly string[], rows: readonly Row[], progress: string): Promise<void>;
  /** Sets what follows from the rows: counters, and columns that only this database has. */
  settle(lastIds: ReadonlyMap<string, number>): Promise<void>;
  /** Ends the move: from now on it is a store like any other. */
  end(): Promise<void>;
}

/** The table that says how far a move has come; it is there during a move alone. */
export const progressTable = 'moving';
/** The name under which the source stands in that table. */
export const sourceName = '';

// What is valid for a moment alone, or follows from other tables.
const notMoved = new Set([
  progressTable,
  'change_counter',
  'compatibility',
  'kysely_migration',
  'kysely_migration_lock',
  'leases',
  'node_reports',
  'nodes',
  'page_counts',
  'rateLimit',
  'rates',
  'removed_pictures',
]);
const derived = new Set(['websites.page_count', 'websites.wanted_host', 'websites.fallback_hash']);

/**
 * The tables to move, with the columns that both databases have, those that are referred to first.
 * @throws {Error} where one has a table or a column that the other lacks.
 */
export function commonTables(from: readonly Table[], to: readonly Table[]): Table[] {
  const moved = (tables: readonly Table[]) => tables.filter(({ name }) => !notMoved.has(name));
  const names = (tables: readonly Table[]) =>
    new Set(
      moved(tables).flatMap(({ name, columns }) =>
        columns.map((column) => `${name}.${column}`).filter((column) => !derived.has(column)),
      ),
    );
  const [here, there] = [names(from), names(to)];
  const missing = [...here.symmetricDifference(there)];
  if (missing.length > 0)
    throw new Error(`Only one of the two stores has ${missing.join(', ')}. Start both with this version first.`);
  const common = moved(from).map((table) => ({
    ...table,
    columns: table.columns.filter((column) => here.has(`${table.name}.${column}`)).toSorted(),
  }));
  return inOrder(common);
}

function inOrder(tables: readonly Table[]): Table[] {
  const rest = new Set(tables);
  const ordered: Table[] = [];
  while (rest.size > 0) {
    const before = rest.size;
    for (const table of rest) {
      const waitsFor = [...rest].some((other) => other !== table && table.refersTo.includes(other.name));
      if (waitsFor) continue;
      ordered.push(table);
      rest.delete(table);
    }
    if (rest.size === before) throw new Error('Tables refer to each other in a circle.');
  }
  return ordered;
}
