import type { FastifyInstance } from 'fastify';

/** Nothing is loaded, run or framed: for answers that are data. */
export const nothingLoads = "default-src 'none'; frame-ancestors 'none'";

/** The fields that keep a browser from doing more with an answer than showing it. */
export function securityFields(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': nothingLoads,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Two years, what browsers ask of those they know by heart; said over https alone (RFC 6797 §7.2).
    ...(isHttps ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  };
}

/** Puts them on every answer. A route that sets one of them itself, as pages with scripts must, keeps its own. */
export function addSecurityHeaders(app: FastifyInstance, isHttps: boolean): void {
  const fields = securityFields(isHttps);
  app.addHook('onSend', async (_, reply) => {
    for (const [name, value] of Object.entries(fields)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
}
