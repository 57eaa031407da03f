import { LRUCache } from 'lru-cache';

// Work that ends within this is never slow: a plain card takes a tenth of it.
const quickMs = 3000;
// On a slow machine, work is slow only if it takes more than this many times as long as others' work.
const timesOthers = 4;
// Ten seconds of excess time count for this many times as long.
const debtLasts = 10;
const longestDebtMs = 60_000;
// With a single place, slow work is followed by a pause this many times as long as it took.
const rest = 3;
// Partitions seen within this time count as active.
const othersMs = 300_000;

interface Record {
  /** How long its last job took. */
  readonly took: number;
  /** When its last job ended, and its excess time then. */
  readonly at: number;
  readonly debt: number;
}

interface Job {
  readonly partition: string;
  readonly started: number;
  /** Whether its partition was slow when it began. */
  readonly isSlow: boolean;
}

const nothing = () => {};

/**
 * Remembers which partitions' work takes long, so that they cannot occupy all places: together they get half of them, or
 * a part of the time where there is only one. Other work then finds a place within its usual time. A job that takes long
 * makes its partition slow while it runs.
 */
export class SlowPartitions {
  readonly #places: number;
  readonly #rests: boolean;
  readonly #now: () => number;
  /** Made with the first record: many queues have no partitions, and some live as long as one job. */
  #records: LRUCache<string, Record> | undefined;
  readonly #jobs = new Set<Job>();
  /** Jobs beyond the places of slow ones at most, for which others get a place each. */
  readonly mostExtra: number;
  #opensAt = 0;

  /** @param places in total. */
  constructor(places: number, now: () => number) {
    this.#places = Math.max(1, Math.floor(places / 2));
    this.#rests = places === 1;
    this.mostExtra = this.#rests ? 0 : places - this.#places;
    this.#now = now;
  }

  /** How many slow jobs run beyond their places: they turned out to be slow after they had begun. */
  get extra(): number {
    return Math.min(this.mostExtra, Math.max(0, this.#slowJobs() - this.#places));
  }

  /** Milliseconds until another running job turns out to be slow; infinite if there is none. */
  get untilSlower(): number {
    if (this.#jobs.size === 0) return Number.POSITIVE_INFINITY;
    const longest = this.#longest();
    const left = [...this.#jobs].map(({ started }) => started + longest - this.#now());
    return Math.min(Number.POSITIVE_INFINITY, ...left.filter((ms) => ms > 0));
  }

  /** How long this partition has to wait in milliseconds: 0 if not at all, infinite until another slow job ends. */
  delayFor(partition: string): number {
    if (this.#debtOf(partition) === 0 && !this.#isLate(partition)) return 0;
    if (this.#slowJobs() >= this.#places) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#opensAt - this.#now());
  }

  /**
   * Begins a job; call the returned function at its end. Work without a partition is compared with nobody's.
   * @param ownTime as in `Turn`.
   */
  begin(partition: string, ownTime?: () => number): () => void {
    if (partition === '') return nothing;
    const started = this.#now();
    const job: Job = { partition, started, isSlow: this.#debtOf(partition) > 0 };
    this.#jobs.add(job);
    return () => {
      this.#jobs.delete(job);
      const now = this.#now();
      const took = ownTime?.() ?? now - started;
      const before = this.#debtOf(partition);
      this.#records ??= new LRUCache({ max: 1000 });
      this.#records.set(partition, { took, at: now, debt: before });
      const debt = Math.min(longestDebtMs, before + Math.max(0, took - this.#longest()));
      this.#records.set(partition, { took, at: now, debt });
      if (this.#rests && debt > 0 && this.#hasOthers(partition)) this.#opensAt = now + took * rest;
    };
  }

  #slowJobs(): number {
    if (this.#jobs.size === 0) return 0;
    const since = this.#now() - this.#longest();
    return [...this.#jobs].filter(({ isSlow, started }) => isSlow || started <= since).length;
  }

  /** Whether one of its running jobs takes long. */
  #isLate(partition: string): boolean {
    if (this.#jobs.size === 0) return false;
    const since = this.#now() - this.#longest();
    return [...this.#jobs].some((job) => job.partition === partition && job.started <= since);
  }

  /** Zero for work without a partition. */
  #debtOf(partition: string): number {
    const record = this.#records?.peek(partition);
    return record === undefined ? 0 : Math.max(0, record.debt - (this.#now() - record.at) / debtLasts);
  }

  /** How long a job may take: measured by the last job of each active partition, of which the fastest quarter counts. */
  #longest(): number {
    const all = this.#recent().map(({ took }) => took);
    const quarter = all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) / 4)] ?? 0;
    return Math.max(quickMs, quarter * timesOthers);
  }

  #hasOthers(partition: string): boolean {
    const own = this.#records?.peek(partition);
    return this.#recent().some((record) => record !== own);
  }

  #recent(): Record[] {
    const since = this.#now() - othersMs;
    return [...(this.#records?.values() ?? [])].filter(({ at }) => at >= since);
  }
}
