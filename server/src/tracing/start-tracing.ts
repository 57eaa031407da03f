import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { Problem } from '../model/problem.ts';
import type { Tracing } from './tracing.ts';

/**
 * Sends spans over OTLP. The exporter, the sampler and the service's name are set by OpenTelemetry's own environment
 * variables, such as `OTEL_EXPORTER_OTLP_ENDPOINT`. An exporter that fails costs the spans, never a request.
 */
export function startTracing(version: string): Tracing {
  const named = resourceFromAttributes({ 'service.name': 'ogplus', 'service.version': version });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = provider.getTracer('ogplus', version);
  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work((more) => span.setAttributes(more));
        } catch (error) {
          // What a website or a client did wrong is told by its type; the rest are faults of ours.
          if (error instanceof Problem) span.setAttribute('error.type', error.type);
          else span.recordException(error instanceof Error ? error : String(error));
          span.setStatus({
            code: SpanStatusCode.ERROR,
            message: error instanceof Error ? error.message : String(error),
          });
          throw error;
        } finally {
          span.end();
        }
      }),
    async [Symbol.asyncDispose]() {
      await provider.shutdown().catch(() => {}); // a collector that is away must not hold up the stop
      trace.disable();
      context.disable();
    },
  };
}
