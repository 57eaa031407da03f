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

const nothing = () => {};

/**
 * Remembers which partitions' work takes long, so that they cannot occupy all places: together they get half of them, or
 * a part of the time where there is only one. Other work then finds a place within its usual time.
 */
export class SlowPartitions {
  readonly #places: number;
  readonly #rests: boolean;
  readonly #now: () => number;
  readonly #records = new LRUCache<string, Record>({ max: 1000 });
  #running = 0;
  #opensAt = 0;

  /** @param places in total. */
  constructor(places: number, now: () => number) {
    this.#places = Math.max(1, Math.floor(places / 2));
    this.#rests = places === 1;
    this.#now = now;
  }

  /** How long this partition has to wait in milliseconds: 0 if not at all, infinite until another slow job ends. */
  delayFor(partition: string): number {
    if (this.#debtOf(partition) === 0) return 0;
    if (this.#running >= this.#places) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#opensAt - this.#now());
  }

  /**
   * Begins a job; call the returned function at its end. Work without a partition is compared with nobody's.
   * @param ownTime as in `Turn`.
   */
  begin(partition: string, ownTime?: () => number): () => void {
    if (partition === '') return nothing;
    const started = this.#now();
    const isSlow = this.#debtOf(partition) > 0;
    if (isSlow) this.#running++;
    return () => {
      if (isSlow) this.#running--;
      const now = this.#now();
      const took = ownTime?.() ?? now - started;
      const before = this.#debtOf(partition);
      this.#records.set(partition, { took, at: now, debt: before });
      const debt = Math.min(longestDebtMs, before + Math.max(0, took - this.#longest()));
      this.#records.set(partition, { took, at: now, debt });
      if (this.#rests && debt > 0 && this.#hasOthers(partition)) this.#opensAt = now + took * rest;
    };
  }

  /** Zero for work without a partition. */
  #debtOf(partition: string): number {
    const record = this.#records.peek(partition);
    return record === undefined ? 0 : Math.max(0, record.debt - (this.#now() - record.at) / debtLasts);
  }

  /** How long a job may take: measured by the last job of each active partition, of which the fastest quarter counts. */
  #longest(): number {
    const all = this.#recent().map(({ took }) => took);
    const quarter = all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) / 4)] ?? 0;
    return Math.max(quickMs, quarter * timesOthers);
  }

  #hasOthers(partition: string): boolean {
    const own = this.#records.peek(partition);
    return this.#recent().some((record) => record !== own);
  }

  #recent(): Record[] {
    const since = this.#now() - othersMs;
    return [...this.#records.values()].filter(({ at }) => at >= since);
  }
}
