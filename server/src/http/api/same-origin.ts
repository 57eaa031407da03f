import type { FastifyRequest } from 'fastify';

const harmless = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that carries a session's cookie comes from our own pages, so far as it changes anything: browsers
 * send the cookie whoever's page it is that asks. They say whose in `Sec-Fetch-Site`, and in `Origin` beside every
 * method but GET and HEAD; neither can be written by a page.
 */
export function isSameOrigin({ method, headers }: FastifyRequest): boolean {
  if (harmless.includes(method)) return true;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === headers.host;
}
