import { Problem } from '../../../model/problem.ts';
import { apiKeyOf, newPublicKey } from '../../../websites/keys.ts';
import { parsePublicKey } from '../../../websites/parse.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { KeyParams, Keys, NewKey } from '../schemas/websites.ts';
import { timeOf } from '../time.ts';

/** A website's keys: several may be valid at a time, so that one can replace another. */
export function addKeyRoutes(api: Api, options: ApiOptions): void {
  const { store, clock, secretKeyOf } = options;
  const owner = { access: { who: 'member', role: 'owner', scope: 'keys:write' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'website:read' } } as const;

  const list = { summary: 'Keys of a website, including revoked ones', params: WebsiteParams, response: { 200: Keys } };
  api.get('/websites/:websiteId/keys', { config: editor, schema: list }, async (request) => {
    const keys = await store.websites.keysOf(memberOf(request).website.id);
    return {
      keys: keys.map(({ publicKey, createdAt, revokedAt }) => ({
        publicKey,
        createdAt: timeOf(createdAt),
        revokedAt: revokedAt === null ? null : timeOf(revokedAt),
      })),
    };
  });

  const create = {
    summary: 'Create a key; its secret is shown once',
    params: WebsiteParams,
    response: { 201: NewKey },
  };
  const logsNew = { ...owner, audit: ['key.created'] } as const;
  api.post('/websites/:websiteId/keys', { config: logsNew, schema: create }, async (request, reply) => {
    const { id } = memberOf(request).website;
    const publicKey = newPublicKey();
    if (!(await store.websites.createKey(id, publicKey, clock.now()))) {
      throw new Problem('unknown-website', 'The website was removed a moment ago.');
    }
    await noteChange(options, request, id, [{ kind: 'key.created', publicKey }]);
    const secretKey = secretKeyOf(publicKey);
    return reply.code(201).send({ publicKey, secretKey, apiKey: apiKeyOf(publicKey, secretKey) });
  });

  const revoke = { summary: 'Revoke a key immediately and permanently', params: KeyParams };
  const logsEnd = { ...owner, audit: ['key.revoked'] } as const;
  api.delete('/websites/:websiteId/keys/:publicKey', { config: logsEnd, schema: revoke }, async (request, reply) => {
    const { website } = memberOf(request);
    const publicKey = parsePublicKey(request.params.publicKey);
    const key = publicKey && (await store.websites.findKey(publicKey));
    if (publicKey === undefined || key?.websiteId !== website.id) {
      throw new Problem('not-found', 'The website has no such key.');
    }
    const revoked = await store.websites.revokeKey(publicKey, clock.now());
    await noteChange(options, request, website.id, revoked ? [{ kind: 'key.revoked', publicKey }] : []);
    return reply.code(204).send();
  });
}
