import { type StoreFault, StoreUnreachable } from '../../model/store-unreachable.ts';

const faults: Readonly<Record<string, StoreFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  EIO: 'failed',
  EMFILE: 'failed',
  ENFILE: 'failed',
};

/** Translates a file system error for the store's callers. */
export function asStoreFault(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = faults[code];
  return reason === undefined ? error : new StoreUnreachable(reason, error);
}
