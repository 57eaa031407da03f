import { callerName } from '../../../model/identity.ts';
import { Problem } from '../../../model/problem.ts';
import type { Origin, Target } from '../../../model/website.ts';
import { apiKeyOf, newConnection, newPublicKey } from '../../../websites/keys.ts';
import { parseOrigin } from '../../../websites/parse.ts';
import { orBadRequest } from '../../connection/parse-input.ts';
import { personOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { MadeWebsite, NewWebsite } from '../schemas/members.ts';
import { websiteJson } from './websites.ts';

/** Creates a person's website. */
export function addNewWebsiteRoute(api: Api, options: ApiOptions): void {
  const { store, clock, preview, secretKeyOf } = options;
  const access = { who: 'person', scope: 'website:create' } as const;
  const config = { access, audit: ['website.created'] } as const;
  const schema = {
    summary:
      'Create a website; you become its owner. The response says whether it can be reached, and shows its secrets once',
    body: NewWebsite,
    response: { 201: MadeWebsite },
  };
  api.post('/websites', { config, schema }, async (request, reply) => {
    const origin = orBadRequest(() => parseOrigin(request.body.origin));
    const exists = () => new Problem('conflict', `The website ${origin} already exists.`);
    if ((await store.websites.byOrigin(origin)) !== undefined) throw exists();
    const caller = personOf(request);
    const reached = await reach(preview, origin, callerName(caller));
    const publicKey = newPublicKey();
    const wanted = { origin, connection: newConnection(), publicKey, createdAt: clock.now() };
    const website = await store.websites.create(wanted, caller.personId);
    if (website === undefined) throw exists();
    await noteChange(options, request, website.id, [{ kind: 'website.created', origin }]);
    const secretKey = secretKeyOf(publicKey);
    const key = { publicKey, secretKey, apiKey: apiKeyOf(publicKey, secretKey) };
    return reply.code(201).send({ website: await websiteJson(options, website, 'owner'), key, reached });
  });
}

/**
 * Requests the home page once.
 * @throws {Problem} `address-refused` where no card could ever be drawn of it; `malformed-address` for half a host name.
 */
async function reach(preview: ApiOptions['preview'], origin: Origin, caller: string) {
  try {
    const { head } = await preview.look({ origin, target: '/' as Target }, caller);
    return { status: head.status, problem: null };
  } catch (error) {
    if (!(error instanceof Problem) || error.type === 'address-refused' || error.type === 'too-many-requests')
      throw error;
    const status = Number(error.facts['status'] ?? 0) || (error.type === 'page-gone' ? 404 : null);
    const { hostname } = new URL(origin);
    if (status === null && /^[^.[\]]+$/.test(hostname)) {
      throw new Problem(
        'malformed-address',
        `"${hostname}" is not a full host name, and there is no such host in this network. Enter one such as ${hostname}.example.com.`,
      );
    }
    return { status, problem: error.message };
  }
}
