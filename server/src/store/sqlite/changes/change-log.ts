import type { Change } from '../../../model/change.ts';
import type { Clock } from '../../../model/units.ts';
import type { ChangeLog } from '../../ports/changes.ts';
import { toChange } from '../../records/change-rows.ts';
import type { Database } from '../database.ts';
import { ownHosts } from '../websites/own-hosts.ts';
import { coveringPurge, newestVersion, writePurge } from './purges.ts';

export interface SqliteChangeLog extends ChangeLog {
  /** A transaction that may append to the log; listeners are notified before it returns. */
  changing<T>(work: () => T): T;
}

/** Purges and changes as rows; `data_version` shows when another process has written. */
export function changeLog(db: Database, clock: Clock): SqliteChangeLog {
  const listeners = new Set<(change: Change) => void>();
  /** The last version read, and the file's version before that. */
  let seen = newestVersion(db);
  let version = db.version;
  /** Our own changes, which `data_version` does not show, may not be delivered yet. */
  let behind = false;

  const notifyListeners = (): void => {
    const after = changesAfter(db, seen);
    if (after.length === 0) return;
    seen = after.at(-1)?.purgeVersion ?? seen;
    for (const change of after) for (const listener of listeners) listener(change);
  };

  const catchUp = (): boolean => {
    try {
      if (!db.hasMoved() && !behind) return true;
      const now = db.version;
      if (now === version && !behind) return true;
      notifyListeners();
      version = now;
      behind = false;
      return true;
    } catch {
      db.forgetMove();
      return false; // an unreadable log may have changed
    }
  };

  const changing = <T>(work: () => T): T => {
    behind = true;
    const result = db.transaction(work);
    // If listeners cannot be notified now, memory is not trusted until they are.
    catchUp();
    return result;
  };

  return {
    changing,
    catchUp,
    get newest() {
      return seen;
    },

    async purge(websiteId, scope, by = null) {
      return changing(() => writePurge(db, websiteId, scope, clock.now(), { by, why: null }));
    },

    async purgeState(websiteId, target) {
      const { query } = db;
      const page = query.selectFrom('pages').select('kept_version').where('website_id', '=', websiteId);
      const kept = page.where('target', '=', target);
      const row = db.first(query.selectNoFrom([kept.as('kept'), coveringPurge(websiteId, target).as('purge')]));
      const covering = row?.purge ?? 0;
      return { purgeVersion: newestVersion(db), covering, purged: covering > (row?.kept ?? 0) };
    },

    listen(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}

/** Changes after a version, oldest first. */
function changesAfter(db: Database, version: number): Change[] {
  const rows = db.all(db.query.selectFrom('changes').selectAll().where('seq', '>', version).orderBy('seq'));
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  // The log was trimmed past the last version read.
  if (first.seq > version + 1) return [{ kind: 'everything', purgeVersion: last.seq, ownHosts: ownHosts(db) }];
  return rows.map(toChange);
}
