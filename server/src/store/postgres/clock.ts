import { type RawBuilder, sql } from 'kysely';
import { type Clock, type EpochMs, epochMs } from '../../model/units.ts';

/** The database's time in SQL, whole milliseconds since the epoch: what all nodes decide together is decided by it. */
export type Now = () => RawBuilder<number>;

export const databaseNow: Now = () => sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

/** As `databaseNow`, the same throughout a statement. */
export const statementTime: Now = () => sql<number>`extract(epoch FROM statement_timestamp())::double precision * 1000`;

/** For tests, which move the database's time. */
export const timeOf =
  (clock: Clock): Now =>
  () =>
    sql<number>`${Math.floor(clock.now())}::bigint`;

/**
 * The database's time as this process knows it, so that times of several nodes can be compared. Between two answers of the
 * database it goes by the process's monotonic clock: a machine whose clock is set has the right time all the same.
 */
export class SharedClock implements Clock {
  readonly #machine: Clock;
  readonly #monotonic: () => number;
  /** The database's time less the monotonic one; undefined before the first answer. */
  #offset: number | undefined;

  /** @param machine the time until the database has told its own. */
  constructor(machine: Clock, monotonic = () => performance.now()) {
    this.#machine = machine;
    this.#monotonic = monotonic;
  }

  now(): EpochMs {
    return this.#offset === undefined ? this.#machine.now() : epochMs(Math.floor(this.#monotonic() + this.#offset));
  }

  /** @param sentAt and `receivedAt`: monotonic times around the answer that brought the database's. */
  learn(databaseTime: number, sentAt: number, receivedAt: number): void {
    // Whole milliseconds, rounded down: the true time may be up to one later.
    const [least, most] = [databaseTime - receivedAt, databaseTime + 1 - sentAt];
    this.#offset = Math.max(least, Math.min(most, this.#offset ?? least));
  }
}
