import { type RawBuilder, sql } from 'kysely';

/**
 * Which record is older than a response that was received at `receivedAt`: one of an earlier response or of the same
 * moment; and one of a time that is still to come, which was written before the clock was set back.
 */
export function isOlder(receivedAt: number, now: number): RawBuilder<boolean> {
  return sql<boolean>`(received_at <= ${receivedAt} OR received_at > ${now})`;
}

/** The opposite, of a record that was read. */
export function isNewer(recordAt: number, receivedAt: number, now: number): boolean {
  return recordAt > receivedAt && recordAt <= now;
}

/** The columns that say that a page worked at `at`, whatever is written of it earlier or later. */
export function workedAt(at: number, now: number) {
  return {
    worked_at: sql<number>`max(CASE WHEN worked_at > ${now} THEN 0 ELSE worked_at END, ${at})`,
    // A failure of a time that is still to come was written before the clock was set back.
    failed_at: sql<number>`CASE WHEN failed_at > ${now} THEN 0 ELSE failed_at END`,
  };
}
