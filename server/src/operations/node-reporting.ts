import { randomUUID } from 'node:crypto';
import { resultWithin } from '../concurrency/result-within.ts';
import type { Timers } from '../model/timers.ts';
import { type Clock, type EpochMs, epochMs, milliseconds } from '../model/units.ts';
import type { NodeReports } from '../store/ports/node-reports.ts';
import type { NodeStatus, ThisNode } from './node-status.ts';

/** A node as others know it. */
export interface KnownNode {
  readonly id: string;
  readonly isThis: boolean;
  readonly at: EpochMs;
  /** False where it has not reported for long. */
  readonly alive: boolean;
  /** Null for one of another version, which reports other things. */
  readonly status: NodeStatus | null;
}

// One small row. No request waits for it, and a screen may show figures of other nodes that are some seconds old.
const everyMs = milliseconds(10_000);
// Two lost reports are no reason to worry somebody.
const silentMs = 35_000;
// Who looks at the screen after a node died should see that it did.
const forgottenMs = 3_600_000;
// A service that stops does not wait for a database that is away.
const farewell = milliseconds(1000);
// Another number where reports have another form.
const format = 1;

export interface NodeReportingOptions {
  readonly reports: NodeReports;
  readonly node: ThisNode;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFailure: (error: unknown) => void;
}

/** Tells the other nodes how this one is, and knows what they told. */
export class NodeReporting implements AsyncDisposable {
  readonly id = randomUUID();
  readonly #options: NodeReportingOptions;
  readonly #reporting: Disposable;
  #telling: Promise<void> = Promise.resolve();

  constructor(options: NodeReportingOptions) {
    this.#options = options;
    this.#reporting = options.timers.every(everyMs, () => this.#tellSoon());
    this.#tellSoon();
  }

  /** All nodes, this one first, as it is now. Rejects where the store does not answer. */
  async all(): Promise<KnownNode[]> {
    const { reports } = this.#options;
    const [own, told] = await Promise.all([this.own(), reports.all()]);
    const others = told.filter(({ id }) => id !== this.id).map(({ id, at, report }) => this.#known(id, at, report));
    return [own, ...others.sort((a, b) => (a.status?.name ?? '').localeCompare(b.status?.name ?? ''))];
  }

  async own(): Promise<KnownNode> {
    const { node, clock } = this.#options;
    return { id: this.id, isThis: true, at: clock.now(), alive: true, status: await node.status() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#reporting[Symbol.dispose]();
    const gone = this.#telling.then(() => this.#options.reports.remove(this.id));
    await resultWithin(farewell, gone).catch(() => {}); // it is forgotten after a while
  }

  #tellSoon(): void {
    this.#telling = this.#telling.then(() => this.#tell()).catch(this.#options.onFailure);
  }

  async #tell(): Promise<void> {
    const { reports, node, clock } = this.#options;
    const report = JSON.stringify({ format, status: await node.status() });
    const now = clock.now();
    await reports.tell({ id: this.id, at: now, report });
    await reports.forget(epochMs(now - forgottenMs));
  }

  #known(id: string, at: EpochMs, report: string): KnownNode {
    const told = JSON.parse(report) as { readonly format: number; readonly status: NodeStatus };
    const alive = this.#options.clock.now() - at < silentMs;
    return { id, isThis: false, at, alive, status: told.format === format ? told.status : null };
  }
}
