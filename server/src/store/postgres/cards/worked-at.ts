import { type RawBuilder, sql } from 'kysely';

/** Column values for a page that worked at `at`, whatever the order of writes. */
export function workedAt(at: RawBuilder<unknown>, now: RawBuilder<unknown>) {
  // A time in the future is from before the clock was set back.
  return sql`worked_at = greatest(CASE WHEN pages.worked_at > ${now} THEN 0 ELSE pages.worked_at END, ${at}),
    failed_at = CASE WHEN pages.failed_at > ${now} THEN 0 ELSE pages.failed_at END`;
}
