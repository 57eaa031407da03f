import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { CacheStatus } from '../model/card-response.ts';
import type { Renderer } from '../render/renderer.ts';

/** Counters for `/metrics`. Plain numbers during a request; Prometheus reads them when it scrapes. */
export class Tally {
  readonly registry = new Registry();
  readonly #answers = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  /** Image requests that wait for the store, their page or the browser. */
  waiting = 0;
  /** Open connections. */
  connections = 0;

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
    gauge(registry, 'ogplus_connections', 'Connections that are open', () => this.connections);
    gauge(registry, 'ogplus_renders_waiting', 'Cards waiting for a renderer', () => renderer.waiting);
    gauge(registry, 'ogplus_renders_started', 'Renders since the start', () => renderer.started);
  }

  answered(cacheStatus: CacheStatus): void {
    const kind = cacheStatus.hit
      ? (cacheStatus.detail ?? 'hit')
      : cacheStatus.forwardStatus === 304
        ? 'revalidated'
        : (cacheStatus.forwarded ?? 'miss');
    this.#answers.set(kind, (this.#answers.get(kind) ?? 0) + 1);
  }

  failed(type: string): void {
    this.#failures.set(type, (this.#failures.get(type) ?? 0) + 1);
  }
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
