import type { FastifyRequest } from 'fastify';
import { Problem } from '../../model/problem.ts';

const harmless = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a state-changing request with a session cookie comes from our own pages: browsers send the cookie whichever
 * site makes the request. They name that site in `Sec-Fetch-Site`, and in `Origin` for every method but GET and HEAD; no
 * page can set either.
 */
function isSameOrigin({ method, headers }: FastifyRequest): boolean {
  if (harmless.includes(method)) return true;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === headers.host;
}

/** @throws {Problem} `forbidden` */
export function refuseOtherSites(request: FastifyRequest): void {
  if (!isSameOrigin(request)) throw new Problem('forbidden', 'Changes are not allowed from other sites.');
}
