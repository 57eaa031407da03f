import type { PersonKey } from '../../../accounts/person-keys.ts';
import { Problem } from '../../../model/problem.ts';
import { sessionOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { ApiKeyParams, ApiKeys, MadeApiKey, NewApiKey } from '../schemas/accounts.ts';

/** API keys of the signed-in person. */
export function addApiKeyRoutes(api: Api, { store, personKeys }: ApiOptions): void {
  const config = { access: { who: 'session' }, audit: { none: 'it is about an account, not a website' } } as const;

  const list = { summary: 'Your API keys', response: { 200: ApiKeys } };
  api.get('/account/api-keys', { config, schema: list }, async ({ headers }) => {
    return { apiKeys: (await personKeys.of(headers)).map(json) };
  });

  const create = {
    summary: 'Create an API key; it is shown once',
    body: NewApiKey,
    response: { 201: MadeApiKey },
  };
  api.post('/account/api-keys', { config, schema: create }, async (request, reply) => {
    const { name, scopes, websiteIds = null, expiresInDays = null } = request.body;
    const { personId } = sessionOf(request);
    const own = (await store.members.websitesOf(personId)).map(({ id }) => Number(id));
    for (const id of websiteIds ?? []) {
      if (!own.includes(id)) throw new Problem('unknown-website', `There is no website ${id}, or it is not yours.`);
    }
    const made = await personKeys.create(personId, { name, scopes, websiteIds, expiresInDays });
    return reply.code(201).send({ ...json(made), key: made.key });
  });

  const revoke = { summary: 'Revoke a key immediately and permanently', params: ApiKeyParams };
  api.delete('/account/api-keys/:keyId', { config, schema: revoke }, async ({ headers, params }, reply) => {
    if (!(await personKeys.revoke(headers, params.keyId))) throw new Problem('not-found', 'You have no such key.');
    return reply.code(204).send();
  });
}

function json({ id, name, start, scopes, websiteIds, createdAt, lastUsedAt, expiresAt }: PersonKey) {
  return {
    id,
    name,
    start,
    scopes: [...scopes],
    websiteIds: websiteIds && [...websiteIds],
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
