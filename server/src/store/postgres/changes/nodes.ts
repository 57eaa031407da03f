import { setTimeout } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { databaseNow } from '../clock.ts';
import type { Statements } from '../connection/database.ts';

/**
 * How long a process may serve from its memory without hearing from the database. A purge waits no longer than this for a
 * process that does not answer. The same for every process of a database.
 */
export const nodeLeaseMs = 2000;

// An acknowledgement takes some milliseconds. Each look comes after a third of the time that passed, so that none of them
// is late by more than that.
const firstLookMs = 2;
const lookShare = 1 / 3;
const mostLookMs = 50;

/** The processes that follow changes, as rows: until when each is to be waited for, and the version that it has. */
export function heartbeat(id: string, leaseMs: number, acknowledged: number): RawBuilder<{ now: number }> {
  return sql<{ now: number }>`INSERT INTO nodes (id, until, acknowledged)
    VALUES (${id}, ${databaseNow()} + ${leaseMs}::bigint, ${acknowledged})
    ON CONFLICT (id) DO UPDATE SET until = excluded.until, acknowledged = excluded.acknowledged
    RETURNING ${databaseNow()} AS now`;
}

/** The process has this version, and nothing of an older one in memory. Its lease stays as it is. */
export function acknowledge(id: string, version: number): RawBuilder<unknown> {
  return sql`UPDATE nodes SET acknowledged = ${version} WHERE id = ${id}`;
}

export function farewell(id: string): RawBuilder<unknown> {
  return sql`DELETE FROM nodes WHERE id = ${id}`;
}

/** Removes nodes that died an hour ago. */
export function dropOldNodes(): RawBuilder<unknown> {
  return sql`DELETE FROM nodes WHERE until < ${databaseNow()} - 3600000`;
}

/**
 * Waits until a change that was committed holds in every other process: each has acknowledged its version, or its lease
 * has run out. That is so at the latest one lease after the commit, even where the database cannot be asked: whoever
 * extended its lease since has read the change first (`Follower`).
 */
export async function holdsEverywhere(db: Statements, version: number, self: string, leaseMs: number): Promise<void> {
  const others = sql<{ least: number | null }>`SELECT min(acknowledged) AS least FROM nodes
    WHERE until > ${databaseNow()} AND id <> ${self}`;
  const began = performance.now();
  for (;;) {
    const row = await db.first(others).catch(() => ({ least: 0 }));
    if ((row?.least ?? version) >= version) return;
    const passed = performance.now() - began;
    if (passed >= leaseMs) return;
    const wait = Math.min(Math.max(passed * lookShare, firstLookMs), mostLookMs);
    await setTimeout(Math.min(wait, leaseMs - passed));
  }
}
