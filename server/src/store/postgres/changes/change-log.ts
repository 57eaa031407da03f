import { sql } from 'kysely';
import type { Change, PurgeCause, PurgeScope } from '../../../model/change.ts';
import type { WebsiteId } from '../../../model/website.ts';
import type { ChangeLog } from '../../ports/changes.ts';
import { toChange } from '../../records/change-rows.ts';
import type { Now, SharedClock } from '../clock.ts';
import type { Database, Statements } from '../connection/database.ts';
import type { Schema } from '../schema.ts';
import { ownHosts } from '../websites/own-hosts.ts';
import { Follower } from './follower.ts';
import { holdsEverywhere } from './nodes.ts';
import { newestVersion, purgeState, recordChange, toPurgeState, writePurge } from './purges.ts';

/** Writes to the log, in a transaction. */
export interface LogWriter {
  purge(websiteId: WebsiteId, scope: PurgeScope, cause: PurgeCause): Promise<void>;
  /** @param ownHost the website's proven custom host name. */
  changed(websiteId: WebsiteId, ownHost: string | undefined): Promise<void>;
}

export interface PostgresChangeLog extends ChangeLog, AsyncDisposable {
  /** A transaction that may write to the log; what it wrote holds everywhere before the promise resolves. */
  changing<T>(work: (tx: Statements, log: LogWriter) => Promise<T>): Promise<T>;
  /** Rejects while the database does not answer. */
  check(): Promise<void>;
}

export interface ChangeLogOptions {
  readonly db: Database;
  readonly now: Now;
  readonly clock: SharedClock;
  /** The database's own address, to listen at. */
  readonly directUrl: string;
  readonly leaseMs: number;
  /** Whether this process keeps anything in memory that changes must reach. */
  readonly follows: boolean;
}

/** Purges and changes as rows, which are the truth; a notification only wakes the other processes. */
export async function openChangeLog(options: ChangeLogOptions): Promise<PostgresChangeLog> {
  const { db, now, clock, directUrl: url, leaseMs, follows } = options;
  const listeners = new Set<(change: Change) => void>();
  /** The last version that was delivered, and the last that must have been for memory to be trusted. */
  let seen = await newestVersion(db);
  let own = 0;

  const deliver = (change: Change): void => {
    if (change.purgeVersion <= seen) return; // read twice: by a heartbeat and after a change of our own
    seen = change.purgeVersion;
    for (const listener of listeners) listener(change);
  };

  const read = async (from: Statements): Promise<void> => {
    const before = seen;
    const rows = await from.all(changesAfter(before));
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (first === undefined || last === undefined) return;
    if (first.seq === before + 1) rows.map(toChange).forEach(deliver);
    // The log was trimmed past the last version read.
    else deliver({ kind: 'everything', purgeVersion: last.seq, ownHosts: await ownHosts(from) });
  };

  const follower = new Follower({
    url,
    clock,
    leaseMs,
    seen: () => seen,
    read,
    onAway: () => db.isAway(),
    onBack: () => db.isBack(),
  });
  if (follows) await follower.start();

  /** After a commit: until the change holds here and everywhere. */
  const settle = async (version: number): Promise<void> => {
    if (version === 0) return;
    own = Math.max(own, version);
    // Where it cannot be read now, memory is not trusted until it is.
    const here = follows ? read(db).catch(() => {}) : undefined;
    await holdsEverywhere(db, version, follower.id, leaseMs);
    await here;
  };

  return {
    async changing(work) {
      let version = 0;
      const result = await db.transaction(async (tx) => {
        version = 0; // the transaction may be repeated
        return work(tx, {
          async purge(websiteId, scope, cause) {
            version = await writePurge(tx, websiteId, scope, now, cause);
          },
          async changed(websiteId, ownHost) {
            version = await recordChange(tx, websiteId, ownHost ?? '');
          },
        });
      });
      await settle(version);
      return result;
    },

    catchUp: () => follower.isCurrent && seen >= own,
    get newest() {
      return seen;
    },

    async purge(websiteId, scope, by = null) {
      const version = await writePurge(db, websiteId, scope, now, { by, why: null });
      await settle(version);
      return version;
    },

    async purgeState(websiteId, target) {
      return toPurgeState(await db.first({ name: 'purge state', query: purgeState(websiteId, target) }));
    },

    listen(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },

    check: async () => void (await newestVersion(db)),

    [Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
  };
}

const changesAfter = (version: number) =>
  sql<Schema['changes'] & { seq: number }>`SELECT * FROM changes WHERE seq > ${version} ORDER BY seq`;
