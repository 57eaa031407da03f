import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { SharedClock } from '../clock.ts';
import { type Statements, statementsOf } from '../connection/database.ts';
import { sqlState } from '../connection/faults.ts';
import { connectionOptions } from '../connection/pool.ts';
import { farewell, heartbeat, nodeLeaseMs } from './nodes.ts';
import { channel } from './purges.ts';

// Of a lease: one lost heartbeat costs nothing.
const beatsInLease = 4;
// The two machines' monotonic clocks do not run equally fast, and a timer fires late.
const ownShare = 0.9;
const readOnly = '25006';
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
 * lease and waits for the acknowledgement, or is read before anything is served under that lease.
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
    while (!this.#stopping.signal.aborted) {
      try {
        if (this.#client === undefined) await this.#connect();
        await this.#beat();
        retryMs = firstRetryMs;
        if (!this.#notified) await this.#pause(this.#options.leaseMs / beatsInLease);
      } catch (error) {
        this.#drop();
        // Not by a timer alone: where this process was busy, nobody has asked. A server that takes no writes is left at once.
        if (!this.#away && (!this.isCurrent || sqlState(error) === readOnly)) {
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

  async #beat(): Promise<void> {
    const { clock, leaseMs, seen, read } = this.#options;
    const client = this.#client;
    if (client === undefined) throw new Error('There is no connection.');
    this.#notified = false;
    const before = seen();
    const [sent, sentAt] = [performance.now(), clock.machineNow()];
    const db = statementsOf(client);
    const patience = patienceOf(leaseMs);
    const row = await inTime(db.first(heartbeat(this.id, leaseMs, before)), patience);
    if (row !== undefined) clock.learn(row.now, sentAt, clock.machineNow());
    await inTime(read(db), patience);
    if (this.#stopping.signal.aborted) return;
    this.#leaseEnd = sent + leaseMs * ownShare;
    if (this.#away) this.#options.onBack();
    this.#away = false;
    if (seen() > before) this.#notified = true; // acknowledged by the next beat, at once
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
    if (this.#stopping.signal.aborted) return;
    await sleep(ms, undefined, { signal: woken.signal }).catch(() => {});
    this.#wake = () => {};
  }
}

/**
 * Calls the function once what has arrived was read: where this process was busy, an answer may have been there for long.
 */
function afterArrivals(work: () => void): void {
  setImmediate(() => setImmediate(work));
}

/** The answer, unless it does not come within the time. */
async function inTime<T>(answer: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => afterArrivals(() => reject(new Error('The database does not answer.'))), ms);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** For one answer of the database: from the last beat to the end of its lease. */
const patienceOf = (leaseMs: number) => Math.min(leaseMs, nodeLeaseMs) * (1 - 1 / beatsInLease);
