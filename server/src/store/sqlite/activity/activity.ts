import type { Activity } from '../../ports/activity.ts';
import type { Database } from '../database.ts';
import { decisionNotes, decisionsOf } from './decisions.ts';
import type { FailureOptions } from './failures.ts';
import { failingPages, listPages } from './page-list.ts';
import { pageRecord } from './page-records.ts';
import { hourlyUsageOf, noteUsage, usageOf } from './usage.ts';

/** Activity in SQLite. */
export function activity(db: Database, options: FailureOptions): Activity {
  return {
    noteDecisions: decisionNotes(db, options),
    decisionsOf: async (websiteId, target) => decisionsOf(db, websiteId, target),
    listPages: async (websiteId, query, now) => listPages(db, websiteId, query, now),
    failingPages: async (websiteId, limit) => failingPages(db, websiteId, limit),
    pageRecord: async (websiteId, target) => pageRecord(db, websiteId, target),
    noteUsage: async (usage, renderTimes) => noteUsage(db, usage, renderTimes),
    hourlyUsageOf: async (websiteIds, hour) => hourlyUsageOf(db, websiteIds, hour),
    usageOf: async (websiteIds, day) => usageOf(db, websiteIds, day),
  };
}
