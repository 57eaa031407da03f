import type { FastifyRequest } from 'fastify';

const harmless = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a state-changing request with a session cookie comes from our own pages: browsers send the cookie whichever
 * site makes the request. They name that site in `Sec-Fetch-Site`, and in `Origin` for every method but GET and HEAD; no
 * page can set either.
 */
export function isSameOrigin({ method, headers }: FastifyRequest): boolean {
  if (harmless.includes(method)) return true;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === headers.host;
}
