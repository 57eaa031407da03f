import { setImmediate as nextTurn } from 'node:timers/promises';
import { resultWithin } from '../concurrency/result-within.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { StoreUnreachable } from '../model/store-unreachable.ts';
import { type Clock, type EpochMs, milliseconds } from '../model/units.ts';
import { dayOf } from '../model/utc.ts';
import type { Website } from '../model/website.ts';
import type { Cost } from '../store/ports/costs.ts';
import type { Store, StoreMeasure } from '../store/ports/store.ts';
import { type Concern, concernsOf } from './concerns.ts';
import { type Check, type Finding, found, hint, reasonOf } from './doctor/check.ts';
import type { KnownNode, NodeReporting } from './node-reporting.ts';

interface Kinds {
  readonly database: 'sqlite' | 'postgres';
  readonly storage: 'files' | 'bucket';
}

export interface ServiceStatus {
  readonly at: EpochMs;
  readonly kinds: Kinds;
  readonly concerns: readonly Concern[];
  /** The one that answers first. */
  readonly nodes: readonly KnownNode[];
  /** Null where it does not answer. */
  readonly store: StoreMeasure | null;
  /** Null while they are not counted yet. */
  readonly pictureBytes: number | null;
  /** What the pictures may take. */
  readonly pictureBudget: number;
}

export interface WebsiteCost extends Cost {
  readonly website: Website;
}

export interface Examination {
  readonly at: EpochMs;
  readonly checks: ReadonlyArray<Finding & { readonly name: string }>;
}

export interface OperationsOptions {
  readonly store: Store;
  readonly nodes: NodeReporting;
  readonly clock: Clock;
  readonly kinds: Kinds;
  /** Bytes that the pictures may take. */
  readonly pictureBudget: number;
  readonly checks: () => readonly Check[];
  /** Writes what was counted since the last time. */
  readonly writeCosts: () => Promise<void>;
}

// The screen asks every few seconds: what does not answer is shown as such.
const patience = milliseconds(2000);
// A check asks other machines, with deadlines of its own.
const checkPatience = milliseconds(15_000);
// Who looks twice in this time gets the same answer.
const examinationLasts = 5000;
const mostWebsites = 100;

/** What the owner of the service sees of it. */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #flights = new SingleFlight<Examination>();
  #examined: { readonly until: number; readonly examination: Examination } | undefined;

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** Never rejects because of the store: that it does not answer is a part of the status. */
  async status(): Promise<ServiceStatus> {
    const { store, nodes, clock, kinds, pictureBudget } = this.#options;
    const [known, measured] = await Promise.all([
      inTime(nodes.all()).catch(async () => [await nodes.own()]),
      inTime(store.measure()).catch((error: unknown) => ({ failure: sentenceOf(error) })),
    ]);
    const isAnswered = !('failure' in measured);
    const pictureBytes = (isAnswered ? measured.pictureBytes : null) ?? sweptBytes(known);
    const concerns = concernsOf({ nodes: known, store: measured, pictureBytes, pictureBudget });
    const answer = isAnswered ? measured : null;
    return { at: clock.now(), kinds, concerns, nodes: known, store: answer, pictureBytes, pictureBudget };
  }

  /** What websites cost in the last days, today included; most browser time first. */
  async costs(days: number): Promise<WebsiteCost[]> {
    const { store, clock, writeCosts } = this.#options;
    await writeCosts();
    const rows = await store.costs.since(dayOf(clock.now()) - days + 1, mostWebsites);
    const shown: WebsiteCost[] = [];
    for (const { websiteId, ...cost } of rows) {
      const website = await store.websites.byId(websiteId);
      if (website !== undefined) shown.push({ website, ...cost });
      await nextTurn(); // a reader holds up no card
    }
    return shown;
  }

  /** Looks for what keeps the service from working well: once for all who ask at the same time. */
  async examine(): Promise<Examination> {
    if (this.#examined !== undefined && performance.now() < this.#examined.until) return this.#examined.examination;
    return this.#flights.run('', () => this.#examine()).result;
  }

  async #examine(): Promise<Examination> {
    const late = hint(`not known: no answer within ${checkPatience / 1000} s`, 'Try again in a moment.');
    const checks = await Promise.all(
      this.#options.checks().map(async (check) => ({
        name: check.name,
        ...((await resultWithin(checkPatience, found(check))) ?? late),
      })),
    );
    const examination = { at: this.#options.clock.now(), checks };
    this.#examined = { until: performance.now() + examinationLasts, examination };
    return examination;
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const found = await resultWithin(patience, answer);
  if (found === undefined) throw new Error(`No answer within ${patience / 1000} seconds.`);
  return found;
}

function sentenceOf(error: unknown): string {
  const isKnown = error instanceof StoreUnreachable && error.reason !== 'failed';
  return isKnown ? error.message.replace(/\.$/, '') : reasonOf(error);
}

/** As the newest sweep of any node counted it. */
function sweptBytes(nodes: readonly KnownNode[]): number | null {
  const swept = nodes.map(({ status }) => status?.swept ?? null).filter((one) => one !== null);
  const [newest] = swept.toSorted((a, b) => b.at - a.at);
  return newest?.pictureBytes ?? null;
}
