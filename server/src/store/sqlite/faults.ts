import { type StoreFault, StoreUnreachable } from '../../model/store-unreachable.ts';

// https://www.sqlite.org/rescode.html; any other code is a bug of ours and is passed on.
const faults: Readonly<Record<number, StoreFault>> = {
  5: 'busy', // SQLITE_BUSY
  6: 'busy', // SQLITE_LOCKED
  8: 'read-only', // SQLITE_READONLY
  10: 'failed', // SQLITE_IOERR
  11: 'damaged', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  14: 'failed', // SQLITE_CANTOPEN
  26: 'damaged', // SQLITE_NOTADB
};

/** Translates an SQLite error for the store's callers. */
export function asStoreFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ERR_INVALID_STATE') return new StoreUnreachable('closed', error);
  if (error.code !== 'ERR_SQLITE_ERROR' || !('errcode' in error)) return error;
  // The low byte is the primary result code.
  const reason = faults[Number(error.errcode) & 0xff];
  return reason === undefined ? error : new StoreUnreachable(reason, error);
}
