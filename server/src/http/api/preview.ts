import { callerName } from '../../accounts/identity.ts';
import { consumerNamed } from '../../cards/consumers.ts';
import { Failure } from '../../errors.ts';
import { addressOf } from '../../websites/parse.ts';
import { readPageUrl } from '../malformed.ts';
import { callerOf, memberOf } from './access.ts';
import type { Api } from './api.ts';
import type { ApiOptions } from './options.ts';
import { explanationJson } from './page.ts';
import { targetOf } from './pages.ts';
import { WebsiteParams } from './schemas/common.ts';
import { PageQuery } from './schemas/pages.ts';
import { PreviewPictureQuery, PreviewQuery, Preview as PreviewSchema } from './schemas/preview.ts';
import { Check } from './schemas/websites.ts';

/** Pages looked at now, whether a card of them is kept or not. */
export function addPreviewRoutes(api: Api, { preview }: ApiOptions): void {
  const anybody = { access: { who: 'identified', scope: 'preview' } } as const;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;

  const check = {
    summary: "Whether a page's tags are right, and how its headers are judged",
    params: WebsiteParams,
    querystring: PageQuery,
    response: { 200: Check },
  };
  api.get('/websites/:websiteId/check', { config: viewer, schema: check }, async (request) => {
    const target = targetOf(request.query.target);
    const { url, status, facts, explanation } = await preview.look(
      addressOf(memberOf(request).website, target),
      callerName(callerOf(request)),
    );
    const ok = facts.findings.every(({ level }) => level !== 'bad');
    return { url, status, ok, findings: [...facts.findings], explanation: explanationJson(explanation) };
  });

  const look = { summary: 'Any page, looked at now', querystring: PreviewQuery, response: { 200: PreviewSchema } };
  api.get('/preview', { config: anybody, schema: look }, async (request) => {
    const { url, status, facts, explanation } = await preview.look(
      readPageUrl(request.query.url),
      callerName(callerOf(request)),
    );
    const { title, description, tags, findings } = facts;
    const href = `/api/v1/preview/picture?url=${encodeURIComponent(request.query.url)}`;
    const document = { title, description, tags: [...tags], findings: [...findings] };
    return { url, status, document, explanation: explanationJson(explanation), href };
  });

  const picture = { summary: 'The card of any page, drawn now', querystring: PreviewPictureQuery };
  api.get('/preview/picture', { config: anybody, schema: picture }, async (request, reply) => {
    const { url, consumer: name = 'generic' } = request.query;
    const consumer = consumerNamed(name);
    if (consumer === undefined) throw new Failure('malformed-address', `There is no consumer "${name}".`);
    const { bytes, type } = await preview.draw(readPageUrl(url), consumer, callerName(callerOf(request)));
    return reply.type(type).send(bytes);
  });
}
