import { type CacheStatus, type CardResponse, slowRenewal } from '../model/card-response.ts';
import type { Clock } from '../model/units.ts';
import { hourOf } from '../model/utc.ts';
import type { WebsiteId } from '../model/website.ts';
import type { Counts, HourlyRenderTimesRow, HourlyUsageRow } from '../store/ports/activity.ts';
import type { Store } from '../store/ports/store.ts';
import { bucketOf } from './render-times.ts';

type Counting = { -readonly [K in keyof Counts]: Counts[K] };

// One hour for each failed write, every few seconds: over an hour of a full disk.
const mostUnwritten = 1000;

/** The counts of one hour: one row per active website and consumer. */
interface Hour {
  readonly hour: number;
  readonly counts: Map<WebsiteId, Map<string, Counting>>;
  /** Renders per bucket of render times. */
  readonly renderTimes: Map<WebsiteId, Map<number, number>>;
}

function newHour(now: number): Hour {
  return { hour: hourOf(now), counts: new Map(), renderTimes: new Map() };
}

/** What websites' cards cost and give, counted during requests and written in the background. */
export class Usage {
  readonly #store: Store;
  readonly #clock: Clock;
  #current: Hour;
  /** Past hours that are not yet written. */
  #over: Hour[] = [];

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#current = newHour(clock.now());
  }

  /** A request got a card. */
  answered(websiteId: WebsiteId, consumer: string, { cacheStatus }: CardResponse): void {
    const counts = this.#of(websiteId, consumer);
    counts.requests++;
    if (cacheStatus.detail === slowRenewal) counts.slow++;
    if (cacheStatus.hit) counts.hits++;
    else if (isKept(cacheStatus)) counts.checked++;
  }

  /** Requests got fresh cards of an HTTP worker. */
  hits(websiteId: WebsiteId, consumer: string, hits: number): void {
    const counts = this.#of(websiteId, consumer);
    counts.requests += hits;
    counts.hits += hits;
  }

  /** A request got none. */
  failed(websiteId: WebsiteId, consumer: string): void {
    const counts = this.#of(websiteId, consumer);
    counts.requests++;
    counts.failures++;
  }

  /** A card was made or renewed, however many requests waited for it. */
  renewed(websiteId: WebsiteId, consumer: string, { cacheStatus, timings }: CardResponse): void {
    const counts = this.#of(websiteId, consumer);
    if (timings.fetch !== undefined && cacheStatus.collapsed !== true) counts.fetches++;
    if (cacheStatus.forwardStatus === 304) counts.revalidations++;
    if (timings.render === undefined) return;
    counts.renders++;
    const times = getOrMake(this.#current.renderTimes, websiteId, () => new Map<number, number>());
    const bucket = bucketOf(timings.render);
    times.set(bucket, (times.get(bucket) ?? 0) + 1);
  }

  /** Writes the counts since the last call. If that fails, they are written with the next call. */
  async write(): Promise<void> {
    const hours = [...this.#over, this.#current].filter(({ counts }) => counts.size > 0);
    this.#over = [];
    this.#current = newHour(this.#clock.now());
    const rows: HourlyUsageRow[] = hours.flatMap(({ hour, counts }) =>
      [...counts].flatMap(([websiteId, consumers]) =>
        [...consumers].map(([consumer, each]) => ({ websiteId, hour, consumer, ...each })),
      ),
    );
    const times: HourlyRenderTimesRow[] = hours.flatMap(({ hour, renderTimes }) =>
      [...renderTimes].flatMap(([websiteId, buckets]) =>
        [...buckets].map(([bucket, count]) => ({ websiteId, hour, bucket, count })),
      ),
    );
    if (rows.length === 0) return;
    try {
      await this.#store.activity.noteUsage(rows, times);
    } catch (error) {
      this.#over = [...hours, ...this.#over].slice(-mostUnwritten);
      throw error;
    }
  }

  #of(websiteId: WebsiteId, consumer: string): Counting {
    const now = this.#clock.now();
    if (hourOf(now) !== this.#current.hour) {
      this.#over.push(this.#current);
      this.#current = newHour(now);
    }
    const consumers = getOrMake(this.#current.counts, websiteId, () => new Map<string, Counting>());
    return getOrMake(consumers, consumer, () => ({
      requests: 0,
      hits: 0,
      slow: 0,
      checked: 0,
      renders: 0,
      revalidations: 0,
      fetches: 0,
      failures: 0,
    }));
  }
}

/** Whether the card that was sent is one that was there before the site was asked. */
function isKept({ forwardStatus, detail, ttl }: CacheStatus): boolean {
  return forwardStatus === 304 || detail === 'same-version' || detail === 'same-document' || ttl !== undefined;
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
