import pg from 'pg';

/** bigint, numeric: every number that is stored is one that JavaScript holds exactly. */
function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database has the number ${text}, which is too large.`);
  return value;
}

const { INT8, NUMERIC } = pg.types.builtins;

/** How values of Postgres are read: 64-bit numbers as numbers, others as `pg` does. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text') =>
    id === INT8 || id === NUMERIC ? exactNumber : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
};
