import { Problem } from '../../../model/problem.ts';
import { apiKeyOf, newConnection, newPublicKey } from '../../../websites/keys.ts';
import { parseOrigin } from '../../../websites/parse.ts';
import { malformed } from '../../connection/malformed.ts';
import { personOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { MadeWebsite, NewWebsite } from '../schemas/members.ts';
import { websiteJson } from './websites.ts';

/** Creates a person's website. */
export function addNewWebsiteRoute(api: Api, options: ApiOptions): void {
  const { store, clock, secretKeyOf } = options;
  const config = { access: { who: 'person', scope: 'website:create' } } as const;
  const schema = {
    summary: 'Create a website and own it; its secrets are shown once',
    body: NewWebsite,
    response: { 201: MadeWebsite },
  };
  api.post('/websites', { config, schema }, async (request, reply) => {
    const origin = malformed(() => parseOrigin(request.body.origin));
    const publicKey = newPublicKey();
    const wanted = { origin, connection: newConnection(), publicKey, createdAt: clock.now() };
    const website = await store.websites.create(wanted, personOf(request).personId);
    if (website === undefined) throw new Problem('conflict', `The website ${origin} already exists.`);
    const secretKey = secretKeyOf(publicKey);
    const key = { publicKey, secretKey, apiKey: apiKeyOf(publicKey, secretKey) };
    return reply.code(201).send({ website: await websiteJson(options, website, 'owner'), key });
  });
}
