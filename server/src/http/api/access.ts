import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, type Identity, isAtLeast, type PersonIdentity } from '../../model/identity.ts';
import { Problem } from '../../model/problem.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Api } from './api-server.ts';
import type { ApiOptions } from './options.ts';
import { isSameOrigin } from './same-origin.ts';

/** Has every route ask what its `access` says, before anything of the request is looked at. */
export function guardRoutes(api: Api, options: ApiOptions): void {
  const { identities, store } = options;
  api.decorateRequest('identity', undefined);
  api.decorateRequest('member', undefined);

  api.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new Error(`The route ${url} does not say who may use it.`);
  });

  api.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access.who === 'anyone') return;
    const identity = await identify(options, request, reply);
    if (identity === undefined) {
      throw new Problem('unauthorised', 'Sign in, or send an API key: Authorization: Bearer ogplus_…');
    }
    request.identity = identity;
    checkIdentity(identity, access);
    if (identity.kind === 'session' && !isSameOrigin(request)) {
      throw new Problem('forbidden', 'Requests from other sites may change nothing here.');
    }
    if (access.who === 'member') await checkMember(request, identity, access);
  });

  const checkMember = async (request: FastifyRequest, identity: Identity, access: Access & { who: 'member' }) => {
    const params = request.params as Readonly<Record<string, string | undefined>>;
    const websiteId = Number(params['websiteId']) as WebsiteId;
    const website = Number.isSafeInteger(websiteId) ? await store.websites.byId(websiteId) : undefined;
    const role = website && (await identities.roleOn(identity, website.id));
    if (website === undefined || role === undefined) throw unknownWebsite();
    const isSelf = access.orSelf !== undefined && isPerson(identity) && params[access.orSelf] === identity.personId;
    if (!isSelf && !isAtLeast(role, access.role)) {
      throw new Problem('forbidden', `This takes the role ${access.role}; yours is ${role}.`);
    }
    request.member = { website, role };
  };
}

/** Who asks, if anybody known; a session is kept alive by it. */
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

/** Whether one of this kind may use the route at all. */
function checkIdentity(identity: Identity, access: Exclude<Access, { who: 'anyone' }>): void {
  if (access.who === 'session' && identity.kind !== 'session') {
    throw new Problem('forbidden', 'This is for a person who is signed in; no key is good for it.');
  }
  if (access.who === 'person' && !isPerson(identity)) {
    throw new Problem('forbidden', "This is for a person; a website's key is not good for it.");
  }
  const scope = access.who === 'session' ? undefined : access.scope;
  if (identity.kind === 'person-key' && scope !== undefined && !identity.scopes.includes(scope)) {
    throw new Problem('forbidden', `The key has not the scope ${scope}.`);
  }
}

function isPerson(identity: Identity): identity is PersonIdentity {
  return identity.kind !== 'website-key';
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

/** Who calls a route that takes a person. */
export function personOf(request: FastifyRequest): PersonIdentity {
  const identity = callerOf(request);
  if (!isPerson(identity)) throw new Error('The route asks for no person.');
  return identity;
}

/** Who calls a route that takes a person who is signed in. */
export function sessionOf(request: FastifyRequest): Identity & { kind: 'session' } {
  const identity = callerOf(request);
  if (identity.kind !== 'session') throw new Error('The route asks for no session.');
  return identity;
}

function unknownWebsite(): Problem {
  return new Problem('unknown-website', 'There is no website with this id, or it is not yours.');
}
