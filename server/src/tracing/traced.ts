import type { Fetcher } from '../origin/fetch.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Store } from '../store/ports/store.ts';
import type { Tracing } from './tracing.ts';

/** The fetcher, with a span for each fetch. */
export function tracedFetcher(fetcher: Fetcher, tracing: Tracing): Fetcher {
  return {
    fetch: (request, signal) =>
      tracing.span('fetch', { 'server.address': new URL(request.origin).host }, async (note) => {
        const fetched = await fetcher.fetch(request, signal);
        note({ 'http.response.status_code': fetched.head.status, 'ogplus.redirects': fetched.redirects.length });
        return fetched;
      }),
    [Symbol.asyncDispose]: () => fetcher[Symbol.asyncDispose](),
  };
}

/** The renderer, with a span for each render. It holds the wait for a browser worker too. */
export function tracedRenderer(renderer: Renderer, tracing: Tracing): Renderer {
  return {
    render: (request) =>
      tracing.span('render', {}, async (note) => {
        const rendering = await renderer.render(request);
        note({
          'ogplus.render_ms': rendering.renderTime,
          'ogplus.encode_ms': rendering.encodeTime,
          'ogplus.bytes': rendering.bytes.length,
          'ogplus.complete': rendering.complete,
        });
        return rendering;
      }),
    check: () => renderer.check(),
    get started() {
      return renderer.started;
    },
    get status() {
      return renderer.status;
    },
    get waiting() {
      return renderer.waiting;
    },
    [Symbol.asyncDispose]: () => renderer[Symbol.asyncDispose](),
  };
}

/** The store, with a span for each read and write on the way of a card. */
export function tracedStore(store: Store, tracing: Tracing): Store {
  const parts = {
    cards: withSpans(store.cards, 'store', ['find', 'keep', 'renew', 'forget'], tracing),
    pictures: withSpans(store.pictures, 'pictures', ['read', 'write'], tracing),
    leases: withSpans(store.leases, 'lease', ['acquire'], tracing),
  };
  return new Proxy(store, { get: (of, name) => (name in parts ? Reflect.get(parts, name) : bound(of, name)) });
}

function withSpans<T extends object>(
  port: T,
  prefix: string,
  names: ReadonlyArray<keyof T & string>,
  tracing: Tracing,
): T {
  return new Proxy(port, {
    get(of, name) {
      const value = bound(of, name);
      const traced = names.find((one) => one === name);
      if (traced === undefined || typeof value !== 'function') return value;
      return (...args: unknown[]) => tracing.span(`${prefix} ${traced}`, {}, async () => value(...args));
    },
  });
}

/** Methods keep their object: its private fields are not the proxy's. */
function bound(of: object, name: string | symbol): unknown {
  const value = Reflect.get(of, name, of);
  return typeof value === 'function' ? value.bind(of) : value;
}
