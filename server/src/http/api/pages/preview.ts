import { consumerNamed } from '../../../model/consumers.ts';
import { callerName, type Identity } from '../../../model/identity.ts';
import { Problem } from '../../../model/problem.ts';
import type { Origin } from '../../../model/website.ts';
import { addressOf } from '../../../websites/parse.ts';
import { readPageUrl } from '../../connection/parse-input.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { pictures, WebsiteParams } from '../schemas/common.ts';
import { PageQuery } from '../schemas/pages.ts';
import { PreviewPictureQuery, PreviewQuery, Preview as PreviewSchema } from '../schemas/preview.ts';
import { Check } from '../schemas/websites.ts';
import { explanationJson, responseJson } from './page.ts';
import { targetOf } from './targets.ts';

/** Pages inspected now, whether or not they have a kept card. */
export function addPreviewRoutes(api: Api, { preview, identities }: ApiOptions): void {
  const anybody = { access: { who: 'identified', scope: 'preview' } } as const;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;

  /** The page's website, if the caller may see it: its settings apply. */
  const websiteOf = async (caller: Identity, { origin }: { readonly origin: Origin }) =>
    (await identities.websitesOf(caller)).find((website) => website.origin === origin);

  // Not part of the preview, because it needs fewer rights: a key that may read one website can check its pages, and no others.
  const check = {
    summary: "Whether a page's tags are right, and how its headers are judged",
    params: WebsiteParams,
    querystring: PageQuery,
    response: { 200: Check },
  };
  api.get('/websites/:websiteId/check', { config: viewer, schema: check }, async (request) => {
    const { website } = memberOf(request);
    const page = addressOf(website, targetOf(website, request.query.target));
    const looked = await preview.look(page, callerName(callerOf(request)), website);
    const { head, facts, explanation } = looked;
    return {
      url: head.url,
      status: head.status,
      ok: facts.findings.every(({ level }) => level !== 'bad'),
      title: facts.title,
      description: facts.description,
      findings: [...facts.findings],
      explanation: explanationJson(explanation),
      cachingFault: looked.cachingFault,
      response: responseJson(head),
    };
  });

  const look = { summary: 'Any page, inspected now', querystring: PreviewQuery, response: { 200: PreviewSchema } };
  api.get('/preview', { config: anybody, schema: look }, async (request) => {
    const page = readPageUrl(request.query.url);
    const caller = callerOf(request);
    const { head, facts, explanation } = await preview.look(page, callerName(caller), await websiteOf(caller, page));
    const { title, description, image, tags, findings } = facts;
    return {
      url: head.url,
      status: head.status,
      document: { title, description, image, tags: [...tags], findings: [...findings] },
      explanation: explanationJson(explanation),
      response: responseJson(head),
      href: `/api/v1/preview/picture?url=${encodeURIComponent(request.query.url)}`,
    };
  });

  const picture = {
    summary: 'The card of any page, drawn now',
    querystring: PreviewPictureQuery,
    response: { 200: pictures },
  };
  api.get('/preview/picture', { config: anybody, schema: picture }, async (request, reply) => {
    const { url, consumer: name = 'generic' } = request.query;
    const consumer = consumerNamed(name);
    if (consumer === undefined) throw new Problem('malformed-address', `There is no consumer "${name}".`);
    const page = readPageUrl(url);
    const caller = callerOf(request);
    const { bytes, type } = await preview.draw(page, consumer, callerName(caller), await websiteOf(caller, page));
    return reply.type(type).send(bytes);
  });
}
