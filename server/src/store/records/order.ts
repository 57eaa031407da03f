import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a record is older than a response received at `receivedAt`: it is of an earlier response or the same moment, or
 * dated in the future, written before the clock was set back.
 */
export function isOlder(receivedAt: number, now: number | RawBuilder<number>): RawBuilder<boolean> {
  return sql<boolean>`(received_at <= ${receivedAt} OR received_at > ${now})`;
}

/** The opposite, for a record that was read. */
export function isNewer(recordAt: number, receivedAt: number, now: number): boolean {
  return recordAt > receivedAt && recordAt <= now;
}
