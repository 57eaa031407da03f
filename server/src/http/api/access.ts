import type { FastifyRequest } from 'fastify';
import { type Access, type Identity, isAtLeast } from '../../accounts/identity.ts';
import { Failure } from '../../errors.ts';
import type { WebsiteId } from '../../websites/website.ts';
import type { Api } from './api.ts';
import type { ApiOptions } from './options.ts';

/** Has every route ask what its `access` says, before anything of the request is looked at. */
export function guardRoutes(api: Api, { identities, store }: ApiOptions): void {
  api.decorateRequest('identity', undefined);
  api.decorateRequest('member', undefined);

  api.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new Error(`The route ${url} does not say who may use it.`);
  });

  api.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access.who === 'anyone') return;
    const identity = await identities.of(request.headers);
    if (identity === undefined) {
      throw new Failure('unauthorised', 'Send the API key of a website: Authorization: Bearer ogplus_live_…');
    }
    request.identity = identity;
    if (access.who === 'member') await checkMember(request, identity, access);
  });

  const checkMember = async (request: FastifyRequest, identity: Identity, access: Access & { who: 'member' }) => {
    const websiteId = Number((request.params as { websiteId?: string }).websiteId) as WebsiteId;
    const website = Number.isSafeInteger(websiteId) ? await store.websiteById(websiteId) : undefined;
    const role = website && (await identities.roleOn(identity, website.id));
    if (website === undefined || role === undefined) throw unknownWebsite();
    if (!isAtLeast(role, access.role)) {
      throw new Failure('forbidden', `This takes the role ${access.role}; yours is ${role}.`);
    }
    request.member = { website, role };
  };
}

/** What a route with `access.who === 'member'` was let in for. */
export function memberOf({ member }: FastifyRequest): NonNullable<FastifyRequest['member']> {
  if (member === undefined) throw new Error('The route asks for no role.');
  return member;
}

/** Who calls a route that takes an identity. */
export function callerOf({ identity }: FastifyRequest): Identity {
  if (identity === undefined) throw new Error('The route asks for no identity.');
  return identity;
}

function unknownWebsite(): Failure {
  return new Failure('unknown-website', 'There is no website with this id, or it is not yours.');
}
