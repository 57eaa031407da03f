import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, type Identity, isAtLeast, type PersonIdentity } from '../../model/identity.ts';
import { Problem } from '../../model/problem.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Api } from './api-server.ts';
import type { ApiOptions } from './options.ts';
import { refuseOtherSites } from './same-origin.ts';
import { ServiceOwners, unauthorised } from './service-owners.ts';

/** Makes every route check its `access` before anything else of the request is read. */
export function guardRoutes(api: Api, options: ApiOptions): void {
  const { identities, store } = options;
  const owners = new ServiceOwners(store.members);
  api.decorateRequest('identity', undefined);
  api.decorateRequest('member', undefined);

  api.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new Error(`The route ${url} declares no access.`);
  });

  api.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access.who === 'anyone') return;
    if (access.who === 'service-owner') return owners.check(request, () => identify(options, request, reply));
    const identity = await identify(options, request, reply);
    if (identity === undefined) throw unauthorised();
    request.identity = identity;
    checkIdentity(identity, access);
    if (identity.kind === 'session') refuseOtherSites(request);
    if (access.who === 'member') await checkMember(request, identity, access);
  });

  const checkMember = async (request: FastifyRequest, identity: Identity, access: Access & { who: 'member' }) => {
    const params = request.params as Readonly<Record<string, string | undefined>>;
    const websiteId = Number(params['websiteId']) as WebsiteId;
    store.changes.catchUp();
    const asOf = store.changes.newest;
    const website = Number.isSafeInteger(websiteId) ? await store.websites.byId(websiteId) : undefined;
    const role = website && (await identities.roleOn(identity, website.id));
    if (website === undefined || role === undefined) throw unknownWebsite();
    const isSelf = access.orSelf !== undefined && isPerson(identity) && params[access.orSelf] === identity.personId;
    if (!isSelf && !isAtLeast(role, access.role)) {
      throw new Problem('forbidden', `This needs the role ${access.role}; yours is ${role}.`);
    }
    request.member = { website, asOf, role };
  };
}

/** The authenticated caller, if any; extends its session. */
export async function identify(
  { identities }: ApiOptions,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<Identity | undefined> {
  const known = await identities.of(headers);
  if (known === undefined) return undefined;
  for (const cookie of known.cookies) reply.header('set-cookie', cookie);
  return known.identity;
}

/** Checks that this kind of identity may use the route at all. */
function checkIdentity(identity: Identity, access: Exclude<Access, { who: 'anyone' | 'service-owner' }>): void {
  if (access.who === 'session' && identity.kind !== 'session') {
    throw new Problem('forbidden', 'This needs a signed-in person; API keys are not accepted.');
  }
  if (access.who === 'person' && !isPerson(identity)) {
    throw new Problem('forbidden', "This needs a person; a website's key is not accepted.");
  }
  const scope = access.who === 'session' ? undefined : access.scope;
  if (identity.kind === 'person-key' && scope !== undefined && !identity.scopes.includes(scope)) {
    throw new Problem('forbidden', `The key does not have the scope ${scope}.`);
  }
}

function isPerson(identity: Identity): identity is PersonIdentity {
  return identity.kind !== 'website-key';
}

/** The website and role of a route with `access.who === 'member'`. */
export function memberOf({ member }: FastifyRequest): NonNullable<FastifyRequest['member']> {
  if (member === undefined) throw new Error('The route requires no role.');
  return member;
}

/** The caller of a route that requires an identity. */
export function callerOf({ identity }: FastifyRequest): Identity {
  if (identity === undefined) throw new Error('The route requires no identity.');
  return identity;
}

/** The caller of a route that requires a person. */
export function personOf(request: FastifyRequest): PersonIdentity {
  const identity = callerOf(request);
  if (!isPerson(identity)) throw new Error('The route requires no person.');
  return identity;
}

/** The caller of a route that requires a signed-in person. */
export function sessionOf(request: FastifyRequest): Identity & { kind: 'session' } {
  const identity = callerOf(request);
  if (identity.kind !== 'session') throw new Error('The route requires no session.');
  return identity;
}

function unknownWebsite(): Problem {
  return new Problem('unknown-website', 'There is no website with this id, or it is not yours.');
}
