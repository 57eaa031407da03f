import type { Activity } from '../../ports/activity.ts';
import type { Database } from '../connection/database.ts';
import { decisionsOf, noteDecisions } from './decisions.ts';
import type { FailureOptions } from './failures.ts';
import { failingPages, listPages } from './page-list.ts';
import { pageRecord } from './page-records.ts';
import { hourlyUsageOf, noteUsage, usageOf } from './usage.ts';

/** Activity in Postgres. */
export function activity(db: Database, options: FailureOptions): Activity {
  return {
    noteDecisions: (decisions, worked = []) => noteDecisions(db, decisions, worked, options),
    decisionsOf: (websiteId, target) => decisionsOf(db, websiteId, target),
    listPages: (websiteId, query, now) => listPages(db, websiteId, query, now),
    failingPages: (websiteId, limit) => failingPages(db, websiteId, limit),
    pageRecord: (websiteId, target) => pageRecord(db, websiteId, target),
    noteUsage: (usage, renderTimes) => noteUsage(db, usage, renderTimes),
    hourlyUsageOf: (websiteIds, hour) => hourlyUsageOf(db, websiteIds, hour),
    usageOf: (websiteIds, day) => usageOf(db, websiteIds, day),
  };
}
