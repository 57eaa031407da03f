import { hashOf, newToken } from '../../../accounts/links.ts';
import { ownBase } from '../../../accounts/own-origin.ts';
import { Problem } from '../../../model/problem.ts';
import type { Link } from '../../../store/ports/links.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { DeployHookParams, DeployHooks, MadeDeployHook, NewDeployHook } from '../schemas/deploys.ts';
import { timeOf } from '../time.ts';

// Two while one replaces the other, for a few places that deploy.
const mostHooks = 10;

/** Addresses for deploy scripts: who knows one may purge the website and have it warmed, nothing else. */
export function addDeployHookRoutes(api: Api, options: ApiOptions): void {
  const { clock, url } = options;
  const { links } = options.store;
  const owner = { access: { who: 'member', role: 'owner', scope: 'keys:write' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'website:read' } } as const;
  const kind = 'deploy-hook';

  const list = { summary: 'Deploy hooks of a website', params: WebsiteParams, response: { 200: DeployHooks } };
  api.get('/websites/:websiteId/deploy-hooks', { config: editor, schema: list }, async (request) => {
    return { hooks: (await links.of(memberOf(request).website.id, kind, clock.now())).map(json) };
  });

  const create = {
    summary: 'Create a deploy hook; its address is shown once',
    params: WebsiteParams,
    body: NewDeployHook,
    response: { 201: MadeDeployHook },
  };
  api.post(
    '/websites/:websiteId/deploy-hooks',
    { config: { ...owner, audit: ['deploy-hook.created'] }, schema: create },
    async (request, reply) => {
      const token = newToken();
      const link = {
        websiteId: memberOf(request).website.id,
        kind,
        tokenHash: hashOf(token),
        salt: null,
        name: request.body.name ?? '',
        target: null,
        createdAt: clock.now(),
        expiresAt: null,
      } as const;
      const id = await links.create(link, mostHooks);
      if (id === undefined) {
        throw new Problem(
          'conflict',
          `A website can have ${mostHooks} deploy hooks at most. Revoke one that is no longer used.`,
        );
      }
      await noteChange(options, request, link.websiteId, [{ kind: 'deploy-hook.created', id, name: link.name }]);
      const address = `${ownBase(url, request.headers.host)}/api/v1/hooks/${token}`;
      return reply.code(201).send({ ...json({ ...link, id, usedAt: null }), url: address });
    },
  );

  const revoke = { summary: 'Revoke a deploy hook immediately and permanently', params: DeployHookParams };
  const path = '/websites/:websiteId/deploy-hooks/:hookId';
  api.delete(path, { config: { ...owner, audit: ['deploy-hook.revoked'] }, schema: revoke }, async (request, reply) => {
    const { website } = memberOf(request);
    const hook = (await links.of(website.id, kind, clock.now())).find(({ id }) => id === request.params.hookId);
    if (hook === undefined || !(await links.remove(website.id, kind, hook.id))) {
      throw new Problem('not-found', 'The website has no such deploy hook.');
    }
    await noteChange(options, request, website.id, [{ kind: 'deploy-hook.revoked', id: hook.id, name: hook.name }]);
    return reply.code(204).send();
  });
}

function json({ id, name, createdAt, usedAt }: Link) {
  return { id, name, createdAt: timeOf(createdAt), usedAt: usedAt === null ? null : timeOf(usedAt) };
}
