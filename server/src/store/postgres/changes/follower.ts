import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startTimeout } from '../../../model/timeout.ts';
import { milliseconds } from '../../../model/units.ts';
import type { SharedClock } from '../clock.ts';
import { type Statements, statementsOf } from '../connection/database.ts';
import { sqlState } from '../connection/faults.ts';
import { connectionOptions } from '../connection/pool.ts';
import { acknowledge, farewell, heartbeat, nodeLeaseMs } from './nodes.ts';
import { channel } from './purges.ts';

// Of a lease: one lost heartbeat costs nothing.
const beatsInLease = 4;
// The two machines' monotonic clocks do not run equally fast, and a timer fires late.
const ownShare = 0.9;
const readOnly = '25006';
// One attempt that takes too long may be the machine's fault. Then memory is not trusted, and the database is asked all the same.
const attemptsUntilAway = 2;
const firstRetryMs = 100;
const mostRetryMs = 1000;

export interface FollowerOptions {
  /** The database's own address. */
  readonly url: string;
  readonly clock: SharedClock;
  readonly leaseMs: number;
  /** The version up to which changes were delivered. */
  readonly seen: () => number;
  /** Reads what is new over the connection, and delivers it. */
  readonly read: (db: Statements) => Promise<void>;
  /** The lease ran out, and the database did not answer. */
  readonly onAway: () => void;
  readonly onBack: () => void;
}

/**
 * Follows the changes of all processes on a connection of its own: a notification wakes it, and the heartbeat finds what
 * no notification came for. Each beat writes the lease first and reads the changes then, so that a purge either sees the
 * lease and waits for the acknowledgement, or is read before anything is served under that lease. What a notification
 * came for is read and acknowledged at once, without a beat: somebody waits for it.
 */
export class Follower implements AsyncDisposable {
  readonly id = randomUUID();
  readonly #options: FollowerOptions;
  readonly #stopping = new AbortController();
  #client: pg.Client | undefined;
  /** By `performance.now()`. */
  #leaseEnd = 0;
  #away = false;
  #notified = false;
  /** The version that the row of this process says it has. */
  #acknowledged = 0;
  /** By `performance.now()`. */
  #nextBeat = 0;
  #wake: () => void = () => {};
  #running: Promise<void> = Promise.resolve();

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Connects, and runs until it is disposed of. @throws the first connection's error. */
  async start(): Promise<void> {
    await this.#connect();
    await this.#beat();
    this.#running = this.#run();
  }

  /** Whether memory may be trusted: no change before now is unread. */
  get isCurrent(): boolean {
    return performance.now() < this.#leaseEnd;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    this.#leaseEnd = 0;
    await this.#running;
    const client = this.#client;
    if (client === undefined) return;
    await statementsOf(client, mostRetryMs)
      .run(farewell(this.id))
      .catch(() => {}); // its lease runs out by itself
    await client.end().catch(() => {});
  }

  async #run(): Promise<void> {
    let retryMs = firstRetryMs;
    let failed = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        if (this.#client === undefined) await this.#connect();
        if (performance.now() >= this.#nextBeat) await this.#beat();
        else if (this.#notified) await this.#readNews();
        retryMs = firstRetryMs;
        failed = 0;
        if (!this.#notified) await this.#pause(this.#nextBeat - performance.now());
      } catch (error) {
        this.#drop();
        this.#nextBeat = 0;
        // Not by a timer alone: where this process was busy, nobody has asked. A server that takes no writes is left at once.
        failed++;
        const isOver = !this.isCurrent && failed >= attemptsUntilAway;
        if (!this.#away && (isOver || sqlState(error) === readOnly)) {
          this.#away = true;
          this.#options.onAway();
        }
        const leaseLeft = this.#leaseEnd - performance.now();
        await this.#pause(leaseLeft > 0 ? Math.min(retryMs, leaseLeft) : retryMs);
        retryMs = Math.min(retryMs * 2, mostRetryMs);
      }
    }
  }

  async #connect(): Promise<void> {
    const { leaseMs, url } = this.#options;
    const patience = patienceOf(leaseMs);
    const client = new pg.Client({
      ...connectionOptions(url),
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      application_name: 'ogplus changes',
    });
    client.on('error', () => {}); // the next beat fails too
    client.on('notification', () => {
      this.#notified = true;
      this.#wake();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      this.#client = client;
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
  }

  /** Extends the lease, and reads what is new. */
  async #beat(): Promise<void> {
    const { clock, leaseMs, seen } = this.#options;
    const before = seen();
    const sent = performance.now();
    const row = await this.#ask((db) => db.first(heartbeat(this.id, leaseMs, before)));
    if (row !== undefined) clock.learn(row.now, sent, performance.now());
    this.#acknowledged = before;
    await this.#readNews();
    if (this.#stopping.signal.aborted) return;
    this.#leaseEnd = sent + leaseMs * ownShare;
    this.#nextBeat = sent + leaseMs / beatsInLease;
    if (this.#away) this.#options.onBack();
    this.#away = false;
  }

  /** Reads what is new, and says that it has it. */
  async #readNews(): Promise<void> {
    const { seen, read } = this.#options;
    this.#notified = false;
    await this.#ask(read);
    const version = seen(); // read here, or after a change of this process's own
    if (version <= this.#acknowledged) return;
    await this.#ask((db) => db.run(acknowledge(this.id, version)));
    this.#acknowledged = version;
  }

  #ask<T>(work: (db: Statements) => Promise<T>): Promise<T> {
    const client = this.#client;
    if (client === undefined) throw new Error('There is no connection.');
    return inTime(work(statementsOf(client)), patienceOf(this.#options.leaseMs));
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch(() => {}); // a connection that hangs is cut, since a statement is under way
  }

  /** Until the time is over, a notification comes or it is stopped. */
  async #pause(ms: number): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    if (this.#stopping.signal.aborted || ms <= 0) return;
    await sleep(ms, undefined, { signal: woken.signal }).catch(() => {});
    this.#wake = () => {};
  }
}

/** The answer, unless it does not come within the time. */
async function inTime<T>(answer: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  using _ = startTimeout(milliseconds(ms), () => reject(new Error('The database does not answer.')));
  return await Promise.race([answer, promise]);
}

/** For one answer of the database: from the last beat to the end of its lease. */
const patienceOf = (leaseMs: number) => Math.min(leaseMs, nodeLeaseMs) * (1 - 1 / beatsInLease);
