import type { FastifyRequest } from 'fastify';
import type { Actor, AuditAction, AuditKind } from '../../../model/audit.ts';
import type { WebsiteId } from '../../../model/website.ts';
import { clientIp } from '../../connection/client-address.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';

/** What a route that changes something writes into the audit log of a website, or why it writes nothing. */
export type Audited = readonly AuditKind[] | { readonly none: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route that is not read only has one. */
    audit?: Audited;
  }
  interface FastifyRequest {
    /** Who makes the change, on routes with an identity that write into the audit log. */
    actor: Actor | undefined;
    /** Whether the route has said what it changed. */
    isAudited: boolean;
  }
}

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Makes every route that changes something say what it writes into the audit log: a service with one that does not, does not start. */
export function auditRoutes(api: Api, { identities, log }: ApiOptions): void {
  api.decorateRequest('actor', undefined);
  api.decorateRequest('isAudited', false);

  api.addHook('onRoute', ({ url, method, config }) => {
    if (![method].flat().some((one) => changing.has(one)) || config?.audit !== undefined) return;
    throw new Error(`The route ${method} ${url} does not say what it writes into the audit log.`);
  });

  api.addHook('preHandler', async (request) => {
    if (request.identity !== undefined && isLogged(request)) request.actor = await identities.actorOf(request.identity);
  });

  // Seen by the first test of a route that forgets it.
  api.addHook('onSend', async (request, { statusCode }) => {
    if (statusCode >= 300 || request.isAudited || !isLogged(request)) return;
    log.error({ url: request.routeOptions.url }, 'a change was made that the audit log does not show');
  });
}

/** Who makes the change, on a route that requires an identity. */
export function actorOf({ actor }: FastifyRequest): Actor {
  if (actor === undefined) throw new Error('The route writes nothing into the audit log, or requires no identity.');
  return actor;
}

/** The client's address, for the audit log. */
export function addressOf({ raw }: FastifyRequest, { trustedProxies }: ApiOptions): string | null {
  return clientIp(raw, trustedProxies) || null;
}

/**
 * Writes into the audit log what a request has changed: once, also where it turned out to be nothing.
 * @param who the caller, unless somebody else is named.
 */
export async function noteChange(
  options: ApiOptions,
  request: FastifyRequest,
  websiteId: WebsiteId,
  actions: readonly AuditAction[],
  who?: Actor,
): Promise<void> {
  request.isAudited = true;
  if (actions.length === 0) return;
  const actor = who ?? actorOf(request);
  await options.audit.note({ websiteId, actor, address: addressOf(request, options) }, ...actions);
}

function isLogged({ routeOptions }: FastifyRequest): boolean {
  const { audit } = routeOptions.config;
  return audit !== undefined && !('none' in audit);
}
