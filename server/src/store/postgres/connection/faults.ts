import { Problem } from '../../../model/problem.ts';
import { type StoreFault, StoreUnreachable } from '../../../model/store-unreachable.ts';

// https://www.postgresql.org/docs/current/errcodes-appendix.html: classes, and single codes ahead of them.
const faults: Readonly<Record<string, StoreFault>> = {
  '08': 'failed', // connection exception
  '25006': 'failed', // read-only: after a failover, this is the old primary
  '28': 'failed', // invalid authorization
  '3D': 'failed', // invalid catalog name
  '40': 'busy', // serialization failure, deadlock
  '53': 'busy', // insufficient resources
  '53100': 'database-full',
  '55': 'busy', // lock not available
  '57': 'failed', // operator intervention; a statement that took too long
  '58': 'failed', // system error
  XX: 'damaged', // internal error, data corrupted
};

/** Translates an error of Postgres or of its connection for the store's callers. Errors of ours are passed on. */
export function asStoreFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  const code = sqlState(error);
  if (code !== undefined) {
    const reason = faults[code] ?? faults[code.slice(0, 2)];
    return reason === undefined ? error : new StoreUnreachable(reason, error);
  }
  return isOfConnection(error) ? new StoreUnreachable('failed', error) : error;
}

/** The five characters by which Postgres names an error; undefined for an error that is not from Postgres. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the connection that it came over may be broken, or leads to the wrong server. */
export function breaksConnection(error: unknown): boolean {
  return asStoreFault(error) instanceof StoreUnreachable;
}

/** `pg` has no class for its own errors; Node's have a `syscall` or a code of TLS. */
function isOfConnection(error: Error): boolean {
  if ('syscall' in error) return true;
  return /connection|timeout|terminated|not queryable|end on the pool|socket|certificate/i.test(error.message);
}

/** Postgres keeps no NUL character in text. @throws {Problem} */
export function refuseNul(values: readonly unknown[]): void {
  for (const value of values) {
    if (Array.isArray(value)) refuseNul(value);
    else if (typeof value === 'string' && value.includes('\0'))
      throw new Problem('invalid', 'The text contains a NUL character, which cannot be stored. Remove it.');
  }
}
