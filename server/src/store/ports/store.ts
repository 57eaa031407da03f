import type { Dialect } from 'kysely';
import type { Clock, EpochMs, Milliseconds } from '../../model/units.ts';
import type { Activity } from './activity.ts';
import type { AuditRecords } from './audit.ts';
import type { CardRecords } from './cards.ts';
import type { ChangeLog } from './changes.ts';
import type { Costs } from './costs.ts';
import type { Leases } from './leases.ts';
import type { Limits } from './limits.ts';
import type { Links } from './links.ts';
import type { Members } from './members.ts';
import type { NodeReports } from './node-reports.ts';
import type { Pictures } from './pictures.ts';
import type { ProbeRequests } from './probe-requests.ts';
import type { Warmups } from './warmups.ts';
import type { Webhooks } from './webhooks.ts';
import type { Websites } from './websites.ts';

/**
 * What is kept between requests and restarts. Several processes may use the same store: a write is visible to all of them
 * once its promise resolves. Failed reads and writes reject with `StoreUnreachable`.
 */
export interface Store extends AsyncDisposable {
  readonly cards: CardRecords;
  readonly pictures: Pictures;
  readonly websites: Websites;
  readonly activity: Activity;
  readonly changes: ChangeLog;
  readonly leases: Leases;
  readonly members: Members;
  readonly warmups: Warmups;
  readonly links: Links;
  readonly limits: Limits;
  readonly webhooks: Webhooks;
  readonly probeRequests: ProbeRequests;
  readonly audit: AuditRecords;
  readonly costs: Costs;
  readonly nodeReports: NodeReports;
  /** For better-auth's accounts, sessions and personal keys; single statements, no transactions. */
  readonly accounts: { readonly dialect: Dialect; readonly type: 'sqlite' | 'postgres' };

  /**
   * Remembers a text that says which master key is used, unless it remembers one already or is told to replace it. Gives
   * the one that it remembers.
   */
  keyCheck(check: string, how?: 'replace'): Promise<string>;
  /** The time that all its processes agree on. */
  readonly clock: Clock;

  /** Removes void records and unreferenced pictures; then evicts down to `budget` bytes. */
  sweep(budget: number, now: EpochMs): Promise<SweepResult>;
  /** Rejects with the reason if the store cannot be read and written. Only reads; for `/readyz`. */
  check(): Promise<void>;
  /** How large the store is, and how fast its database answers. Only reads. */
  measure(): Promise<StoreMeasure>;
}

export interface StoreMeasure {
  readonly database: 'sqlite' | 'postgres';
  /** Of the database: `3.50.4`. */
  readonly version: string;
  /** Of the database, its log included. */
  readonly bytes: number;
  /** For the answer to a query that reads one row. */
  readonly latency: Milliseconds;
  /** Bytes of all pictures, each counted once; null where there are too many to count now: a sweep counts them. */
  readonly pictureBytes: number | null;
}

export interface SweepResult {
  readonly recordsRemoved: number;
  readonly picturesRemoved: number;
  /** Bytes of the pictures that remain. */
  readonly bytesKept: number;
}
