import type { Answer } from '../cards/answer.ts';
import type { Counts, Store, UsageRow } from '../store/store.ts';
import type { Clock } from '../units.ts';
import type { WebsiteId } from '../websites/website.ts';
import { bucketOf } from './render-times.ts';

type Counting = { -readonly [K in keyof Counts]: Counts[K] };

const dayMs = 86_400_000;

/** Days since the epoch, UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** What websites' cards cost and give, counted on the way of requests and written down behind them. */
export class Usage {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Of the day that is counted, by website and consumer: as many as there are websites in use, times seventeen. */
  #counts = new Map<WebsiteId, Map<string, Counting>>();
  #renderTimes = new Map<WebsiteId, Map<number, number>>();
  #day: number;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#day = dayOf(clock.now());
  }

  /** A request got a card. */
  answered(websiteId: WebsiteId, consumer: string, { served }: Answer): void {
    const counts = this.#of(websiteId, consumer);
    counts.requests++;
    if (served.hit) counts.hits++;
  }

  /** A request got none. */
  failed(websiteId: WebsiteId, consumer: string): void {
    const counts = this.#of(websiteId, consumer);
    counts.requests++;
    counts.failures++;
  }

  /** A card was made or made fresh, for whoever waits for it. */
  renewed(websiteId: WebsiteId, consumer: string, { served, timings }: Answer): void {
    const counts = this.#of(websiteId, consumer);
    if (timings.fetch !== undefined && served.collapsed !== true) counts.fetches++;
    if (served.forwardStatus === 304) counts.revalidations++;
    if (timings.render === undefined) return;
    counts.renders++;
    const times = getOrMake(this.#renderTimes, websiteId, () => new Map<number, number>());
    const bucket = bucketOf(timings.render);
    times.set(bucket, (times.get(bucket) ?? 0) + 1);
  }

  /** Writes down what was counted since the last call. */
  async write(): Promise<void> {
    const [counts, renderTimes, day] = [this.#counts, this.#renderTimes, this.#day];
    this.#counts = new Map();
    this.#renderTimes = new Map();
    this.#day = dayOf(this.#clock.now());
    const rows: UsageRow[] = [...counts].flatMap(([websiteId, consumers]) =>
      [...consumers].map(([consumer, each]) => ({ websiteId, day, consumer, ...each })),
    );
    const times = [...renderTimes].flatMap(([websiteId, buckets]) =>
      [...buckets].map(([bucket, count]) => ({ websiteId, day, bucket, count })),
    );
    if (rows.length > 0 || times.length > 0) await this.#store.noteUsage(rows, times);
  }

  #of(websiteId: WebsiteId, consumer: string): Counting {
    const consumers = getOrMake(this.#counts, websiteId, () => new Map<string, Counting>());
    return getOrMake(consumers, consumer, () => ({
      requests: 0,
      hits: 0,
      renders: 0,
      revalidations: 0,
      fetches: 0,
      failures: 0,
    }));
  }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
