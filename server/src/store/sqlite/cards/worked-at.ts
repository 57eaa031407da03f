import { sql } from 'kysely';

/** Column values for a page that worked at `at`, whatever the order of writes. */
export function workedAt(at: number, now: number) {
  return {
    worked_at: sql<number>`max(CASE WHEN worked_at > ${now} THEN 0 ELSE worked_at END, ${at})`,
    // A failure in the future is from before the clock was set back.
    failed_at: sql<number>`CASE WHEN failed_at > ${now} THEN 0 ELSE failed_at END`,
  };
}
