import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { page, startOrigin } from '../harness/origin.ts';
import { startTestService, type TestService } from '../harness/service.ts';

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: Record<string, unknown> }>;
  readonly status: { readonly code?: number };
}

interface Collector extends AsyncDisposable {
  readonly url: string;
  readonly spans: Span[];
  /** The names of the services that sent them. */
  readonly services: Set<unknown>;
}

/** Takes what is sent over OTLP, in JSON. */
async function startCollector(status = 200): Promise<Collector> {
  const spans: Span[] = [];
  const services = new Set<unknown>();
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      for (const { key, value } of resource.attributes) if (key === 'service.name') services.add(value.stringValue);
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    res.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    services,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** OpenTelemetry reads the process's environment. */
async function traced(collector: Collector, use: (test: TestService) => Promise<void>): Promise<void> {
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url;
  try {
    const test = await startTestService({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    try {
      await use(test);
    } finally {
      await test[Symbol.asyncDispose]();
    }
  } finally {
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  }
}

const attributeOf = (span: Span | undefined, key: string) =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

describe('a service with an OpenTelemetry collector', () => {
  it('tells what a new card spent its time with: fetch, render and store, below the request', async () => {
    await using collector = await startCollector();
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    await traced(collector, async (test) => {
      const website = await test.website(origin.url);
      assert.equal((await test.card(website, '/a')).status, 200);
      assert.equal((await test.card(website, '/a')).status, 200); // from memory
      origin.answer = (_, res) => res.writeHead(500).end();
      assert.equal((await test.card(website, '/b')).status, 502);
    });
    const { spans, services } = collector;
    assert.deepEqual([...services], ['ogplus']);
    const requests = spans.filter(({ name }) => name === 'card');
    assert.equal(requests.length, 2);
    const [made, failed] = requests;
    assert.equal(attributeOf(made, 'http.response.status_code'), 200);
    assert.match(String(attributeOf(made, 'ogplus.cache_status')), /fwd=miss/);
    assert.equal(attributeOf(failed, 'http.response.status_code'), 502);
    const below = spans.filter(({ parentSpanId }) => parentSpanId === made?.spanId).map(({ name }) => name);
    for (const name of ['fetch', 'render', 'store keep', 'store find'])
      assert.ok(below.includes(name), `${name}: ${below}`);
    const fetch = spans.find(({ name, parentSpanId }) => name === 'fetch' && parentSpanId === failed?.spanId);
    assert.equal(fetch?.status.code, 2);
    assert.equal(attributeOf(fetch, 'error.type'), 'origin-failed');
  });

  it('sends cards when the collector fails', async () => {
    await using collector = await startCollector(400);
    await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=60' } }));
    await traced(collector, async (test) => {
      const website = await test.website(origin.url);
      assert.equal((await test.card(website, '/')).status, 200);
    });
  });
});
