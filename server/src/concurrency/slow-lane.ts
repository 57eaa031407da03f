import { LRUCache } from 'lru-cache';

// Nobody whose work ends within it is slow: a plain card takes a tenth of it.
const quickMs = 3000;
// On a machine that is slow itself, nobody is slow whose work takes no more than so many times that of others.
const timesOthers = 4;
// Who has taken ten seconds more than others takes turns with its like for so many times as long.
const debtLasts = 10;
const longestDebtMs = 60_000;
// With one place alone, work of slow ones follows each other after a pause so many times as long as it took.
const rest = 3;
// Others that were seen within it may come again.
const othersMs = 300_000;

interface Record {
  /** How long its last work took. */
  readonly took: number;
  /** How long ago that was, and what it had taken too much then. */
  readonly at: number;
  readonly debt: number;
}

/**
 * Remembers whose work takes long, so that it does not take all places again and again: those have half of them together,
 * and, where there is one place only, it for a part of the time. The others' work then finds a place within its own time.
 */
export class SlowLane {
  readonly #places: number;
  readonly #rests: boolean;
  readonly #now: () => number;
  readonly #records = new LRUCache<string, Record>({ max: 1000 });
  #running = 0;
  #opensAt = 0;

  /** @param places that there are in all. */
  constructor(places: number, now: () => number) {
    this.#places = Math.max(1, Math.floor(places / 2));
    this.#rests = places === 1;
    this.#now = now;
  }

  /** Until when this one has to wait, 0 where it need not; without an end where one of its like has to finish first. */
  closedFor(partition: string): number {
    if (this.#debtOf(partition) === 0) return 0;
    if (this.#running >= this.#places) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#opensAt - this.#now());
  }

  /** Begins a piece of its work; gives what is to be called at its end. */
  begin(partition: string): () => void {
    const started = this.#now();
    const isSlow = this.#debtOf(partition) > 0;
    if (isSlow) this.#running++;
    return () => {
      if (isSlow) this.#running--;
      const now = this.#now();
      const took = now - started;
      const before = this.#debtOf(partition);
      this.#records.set(partition, { took, at: now, debt: before });
      const debt = Math.min(longestDebtMs, before + Math.max(0, took - this.#longest()));
      this.#records.set(partition, { took, at: now, debt });
      if (this.#rests && debt > 0 && this.#hasOthers(partition)) this.#opensAt = now + took * rest;
    };
  }

  /** Nothing for work that is nobody's in particular. */
  #debtOf(partition: string): number {
    const record = partition === '' ? undefined : this.#records.peek(partition);
    return record === undefined ? 0 : Math.max(0, record.debt - (this.#now() - record.at) / debtLasts);
  }

  /** What work may take: measured by the quickest quarter of those that are here, each by its last. */
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
