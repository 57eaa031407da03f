import { type RawBuilder, sql } from 'kysely';
import { type Clock, type EpochMs, epochMs } from '../../model/units.ts';

/** The database's time in SQL, whole milliseconds since the epoch: what all nodes decide together is decided by it. */
export type Now = () => RawBuilder<number>;

export const databaseNow: Now = () => sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

/** For tests, which move the database's time. */
export const timeOf =
  (clock: Clock): Now =>
  () =>
    sql<number>`${Math.floor(clock.now())}::bigint`;

/**
 * The machine's clock, set right by the database's, so that times of several nodes can be compared. It stays as it is
 * while the two cannot be told apart.
 */
export class SharedClock implements Clock {
  readonly #machine: Clock;
  #offset = 0;

  constructor(machine: Clock) {
    this.#machine = machine;
  }

  now(): EpochMs {
    return epochMs(this.#machine.now() + this.#offset);
  }

  /** The machine's own time. */
  machineNow(): EpochMs {
    return this.#machine.now();
  }

  /** @param sentAt and `receivedAt`: the machine's times around the answer that brought the database's. */
  learn(databaseTime: number, sentAt: EpochMs, receivedAt: EpochMs): void {
    if (receivedAt < sentAt) return; // the clock was set meanwhile
    // Whole milliseconds, rounded down: the true time may be up to one later.
    const [least, most] = [databaseTime - receivedAt, databaseTime + 1 - sentAt];
    this.#offset = Math.max(least, Math.min(most, this.#offset));
  }
}
