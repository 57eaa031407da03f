import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CacheStatus, CardResponse, Timings } from '../model/card-response.ts';
import type { Renderer } from '../render/renderer.ts';

// From a fetch on the same machine to the longest render.
const buckets = [0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 13, 30];

interface WorkerTotals {
  readonly pids: readonly number[];
  readonly totals: { readonly connections: number; readonly cpuMs: number; readonly memoryBytes: number };
  /** Brings the totals and the counts up to date. */
  count(): Promise<void>;
}

/** Counters for `/metrics`. Plain numbers during a request; Prometheus reads them when it scrapes. */
export class Tally {
  readonly registry = new Registry();
  readonly #answers = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #seconds: Readonly<Record<keyof Timings, (seconds: number) => void>>;
  /** Image requests that wait for the store, their page or the browser. */
  waiting = 0;
  /** Open connections. */
  connections = 0;
  /** The HTTP workers, where the service has some: their figures are the service's. */
  workers: WorkerTotals | undefined;

  constructor(renderer: Renderer) {
    const { registry } = this;
    collectDefaultMetrics({ register: registry });
    counter(registry, 'ogplus_answers_total', 'Cards sent, by how they came about', 'kind', this.#answers);
    counter(
      registry,
      'ogplus_failures_total',
      'Image requests that got no card, by problem',
      'problem',
      this.#failures,
    );
    gauge(registry, 'ogplus_requests_waiting', 'Image requests not answered yet', () => this.waiting);
    const connections = () => this.workers?.totals.connections ?? this.connections;
    gauge(registry, 'ogplus_connections', 'Connections that are open', connections);
    gauge(registry, 'ogplus_http_workers', 'HTTP worker processes', () => this.workers?.pids.length ?? 0);
    const [cpu, memory] = [() => this.workers?.totals.cpuMs ?? 0, () => this.workers?.totals.memoryBytes ?? 0];
    gauge(registry, 'ogplus_http_workers_cpu_seconds', 'CPU time of the HTTP workers', () => cpu() / 1000);
    gauge(registry, 'ogplus_http_workers_memory_bytes', 'Resident memory of the HTTP workers', memory);
    gauge(registry, 'ogplus_renders_waiting', 'Cards waiting for a renderer', () => renderer.waiting);
    total(registry, 'ogplus_renders_total', 'Renders since the start', () => renderer.started);
    this.#seconds = {
      fetch: seconds(registry, 'ogplus_fetch_seconds', "Time of a page's fetch, redirects included"),
      render: seconds(registry, 'ogplus_render_seconds', 'Time of a render, without the wait for a renderer'),
      encode: seconds(registry, 'ogplus_encode_seconds', 'Time of encoding a picture'),
    };
  }

  answered({ cacheStatus, timings }: CardResponse): void {
    const kind = kindOf(cacheStatus);
    this.#answers.set(kind, (this.#answers.get(kind) ?? 0) + 1);
    if (cacheStatus.hit || cacheStatus.collapsed) return; // another request counts that work
    for (const phase of phases) {
      const time = timings[phase];
      if (time !== undefined) this.#seconds[phase](time / 1000);
    }
  }

  /** Fresh cards that HTTP workers sent. */
  hits(counts: ReadonlyArray<readonly [websiteId: number, consumer: string, hits: number]>): void {
    const sent = counts.reduce((sum, [, , hits]) => sum + hits, 0);
    if (sent > 0) this.#answers.set('hit', (this.#answers.get('hit') ?? 0) + sent);
  }

  /** The figures now, for `/metrics`. */
  async metrics(): Promise<string> {
    await this.workers?.count();
    return this.registry.metrics();
  }

  failed(type: string): void {
    this.#failures.set(type, (this.#failures.get(type) ?? 0) + 1);
  }
}

const phases = ['fetch', 'render', 'encode'] as const;

function kindOf({ hit, detail, forwarded, forwardStatus }: CacheStatus): string {
  if (hit) return detail ?? 'hit';
  return forwardStatus === 304 ? 'revalidated' : (forwarded ?? 'miss');
}

// Times that are put into the histogram together, which takes less time than one by one.
const mostUnobserved = 1000;

/** A histogram; the function counts a time. */
function seconds(registry: Registry, name: string, help: string): (seconds: number) => void {
  const unobserved: number[] = [];
  const observe = (): void => {
    for (const value of unobserved) histogram.observe(value);
    unobserved.length = 0;
  };
  const histogram = new Histogram({ name, help, buckets, registers: [registry], collect: observe });
  return (value) => {
    if (unobserved.push(value) === mostUnobserved) observe();
  };
}

function total(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}

function counter(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  counts: ReadonlyMap<string, number>,
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [value, count] of counts) this.inc({ [label]: value }, count);
    },
  });
}
