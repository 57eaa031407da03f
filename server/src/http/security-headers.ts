import type { FastifyInstance } from 'fastify';

/** For data: loads and runs nothing, and cannot be framed. */
export const nothingLoads = "default-src 'none'; frame-ancestors 'none'";

/** Fields that keep a browser from doing more with a response than showing it. */
export function securityFields(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': nothingLoads,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Two years, which browsers' preload lists ask for; https only (RFC 6797 §7.2).
    ...(isHttps ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  };
}

/** Adds them to every response. A route's own value for one of them stays. */
export function addSecurityHeaders(app: FastifyInstance, isHttps: boolean): void {
  const fields = securityFields(isHttps);
  app.addHook('onSend', async (_, reply) => {
    for (const [name, value] of Object.entries(fields)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
}
