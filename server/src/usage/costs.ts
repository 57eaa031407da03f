import type { Clock } from '../model/units.ts';
import { dayOf } from '../model/utc.ts';
import type { WebsiteId } from '../model/website.ts';
import type { Cost, CostRow, Costs as StoredCosts } from '../store/ports/costs.ts';

type Counting = { -readonly [K in keyof Cost]: number };

// The most rows (a day of a website) that wait to be written; with a full disk, the oldest are dropped.
const mostUnwritten = 10_000;

/** What making websites' cards takes, counted as it happens and written in the background. */
export class Costs {
  readonly #store: StoredCosts;
  readonly #clock: Clock;
  /** By day and website. */
  #counts = new Map<string, CostRow & Counting>();

  constructor(store: StoredCosts, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A page was asked for its document. */
  fetched(websiteId: WebsiteId, bytes: number): void {
    const counts = this.#of(websiteId);
    counts.fetches++;
    counts.bytes += bytes;
  }

  /** A browser was occupied. @param partition the website's id; drawings of previews and probes belong to none. */
  drawn(partition: string, { time, bytes }: { readonly time: number; readonly bytes: number }): void {
    if (!/^\d+$/.test(partition)) return;
    const counts = this.#of(Number(partition) as WebsiteId);
    counts.drawings++;
    counts.browserMs += time;
    counts.bytes += bytes;
  }

  /** Writes the counts since the last call. If that fails, they are written with the next call. */
  async write(): Promise<void> {
    const rows = [...this.#counts.values()];
    if (rows.length === 0) return;
    this.#counts = new Map();
    try {
      await this.#store.note(rows);
    } catch (error) {
      for (const row of rows.slice(-mostUnwritten)) this.#add(row);
      throw error;
    }
  }

  #of(websiteId: WebsiteId): Counting {
    return this.#at(dayOf(this.#clock.now()), websiteId);
  }

  #at(day: number, websiteId: WebsiteId): Counting {
    const key = `${day} ${websiteId}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const made = { day, websiteId, fetches: 0, drawings: 0, browserMs: 0, bytes: 0 };
    this.#counts.set(key, made);
    return made;
  }

  #add({ day, websiteId, fetches, drawings, browserMs, bytes }: CostRow): void {
    const counts = this.#at(day, websiteId);
    counts.fetches += fetches;
    counts.drawings += drawings;
    counts.browserMs += browserMs;
    counts.bytes += bytes;
  }
}
