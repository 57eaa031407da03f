import type { Dialect } from 'kysely';
import type { EpochMs } from '../../model/units.ts';
import type { Activity } from './activity.ts';
import type { CardRecords } from './cards.ts';
import type { ChangeLog } from './changes.ts';
import type { Leases } from './leases.ts';
import type { Members } from './members.ts';
import type { Pictures } from './pictures.ts';
import type { Websites } from './websites.ts';

/**
 * What is kept between requests and restarts. Several processes may hold the same store. What one of them has written
 * when a promise resolves, every other one reads. What cannot be read or written rejects with `StoreUnreachable`.
 */
export interface Store extends AsyncDisposable {
  readonly cards: CardRecords;
  readonly pictures: Pictures;
  readonly websites: Websites;
  readonly activity: Activity;
  readonly changes: ChangeLog;
  readonly leases: Leases;
  readonly members: Members;
  /** Where better-auth keeps accounts, sessions and keys of persons; single statements, no transactions. */
  readonly accounts: { readonly dialect: Dialect; readonly type: 'sqlite' | 'postgres' };

  /** Removes void records and pictures that nothing points at; then evicts down to `budget` bytes. */
  sweep(budget: number, now: EpochMs): Promise<SweepResult>;
  /** Rejects, saying why, where the store cannot be read and written. Reads only; for `/readyz`. */
  check(): Promise<void>;
}

export interface SweepResult {
  readonly recordsRemoved: number;
  readonly picturesRemoved: number;
  /** Bytes of pictures that are kept afterwards. */
  readonly bytesKept: number;
}
