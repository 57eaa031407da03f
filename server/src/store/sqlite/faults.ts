import { type StoreFault, StoreUnreachable } from '../../model/store-unreachable.ts';

// https://www.sqlite.org/rescode.html; what is not here is a fault of ours and stays what it is.
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

/** What SQLite throws, as what the callers of the store know. */
export function asStoreFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ERR_INVALID_STATE') return new StoreUnreachable('closed', error);
  if (error.code !== 'ERR_SQLITE_ERROR' || !('errcode' in error)) return error;
  // The low byte is the kind, the rest says more of it.
  const reason = faults[Number(error.errcode) & 0xff];
  return reason === undefined ? error : new StoreUnreachable(reason, error);
}
