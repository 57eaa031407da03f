import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a record is older than a response received at `receivedAt`: it is of an earlier response or the same moment, or
 * dated in the future, written before the clock was set back.
 */
export function isOlder(receivedAt: number, now: number): RawBuilder<boolean> {
  return sql<boolean>`(received_at <= ${receivedAt} OR received_at > ${now})`;
}

/** The opposite, for a record that was read. */
export function isNewer(recordAt: number, receivedAt: number, now: number): boolean {
  return recordAt > receivedAt && recordAt <= now;
}

/** Column values for a page that worked at `at`, whatever the order of writes. */
export function workedAt(at: number, now: number) {
  return {
    worked_at: sql<number>`max(CASE WHEN worked_at > ${now} THEN 0 ELSE worked_at END, ${at})`,
    // A failure in the future is from before the clock was set back.
    failed_at: sql<number>`CASE WHEN failed_at > ${now} THEN 0 ELSE failed_at END`,
  };
}
