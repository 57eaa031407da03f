import { hashOf, newToken } from '../../../accounts/links.ts';
import { ownBase } from '../../../accounts/own-origin.ts';
import { Problem } from '../../../model/problem.ts';
import { after, seconds } from '../../../model/units.ts';
import type { Target, Website } from '../../../model/website.ts';
import type { Link } from '../../../store/ports/links.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { targetOf } from '../pages/targets.ts';
import { WebsiteParams } from '../schemas/common.ts';
import {
  NewSharedPreview,
  SharedPreview,
  SharedPreviewParams,
  SharedPreviews,
  SharedPreviewsQuery,
  sharedFor,
} from '../schemas/shared-previews.ts';
import { timeOf } from '../time.ts';

const kind = 'shared-preview';
const mostLinks = 50;
const day = 24 * 60 * 60;

/** Links to a preview of one page, as every network shows it; anybody with the link can open it. */
export function addSharedPreviewRoutes(api: Api, options: ApiOptions): void {
  const { clock, url, linkTokenOf, drawAhead } = options;
  const { links } = options.store;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  // They have pages drawn.
  const editor = { access: { who: 'member', role: 'editor', scope: 'pages:purge' } } as const;

  const json = ({ id, target, salt, createdAt, expiresAt, usedAt }: Link, host: string | undefined) => ({
    id,
    target: target ?? '',
    url: `${ownBase(url, host)}/preview/${linkTokenOf(salt ?? '')}`,
    createdAt: timeOf(createdAt),
    expiresAt: timeOf(expiresAt ?? createdAt),
    openedAt: usedAt === null ? null : timeOf(usedAt),
  });

  const path = '/websites/:websiteId/shared-previews';
  const list = {
    summary: 'The active shared previews of a website, or of one of its pages',
    params: WebsiteParams,
    querystring: SharedPreviewsQuery,
    response: { 200: SharedPreviews },
  };
  api.get(path, { config: viewer, schema: list }, async (request) => {
    const { website } = memberOf(request);
    const wanted = request.query.target === undefined ? undefined : targetOfOwn(website, request.query.target);
    const own = await links.of(website.id, kind, clock.now());
    const shown = own.filter(({ target }) => wanted === undefined || target === wanted);
    return { sharedPreviews: shown.map((link) => json(link, request.headers.host)) };
  });

  const create = {
    summary: 'Create a shared preview: anybody with its link can see the card as every network shows it',
    params: WebsiteParams,
    body: NewSharedPreview,
    response: { 201: SharedPreview },
  };
  api.post(
    path,
    { config: { ...editor, audit: ['shared-preview.created'] }, schema: create },
    async (request, reply) => {
      const { website, asOf } = memberOf(request);
      const { target, expiresInDays = sharedFor.default } = request.body;
      const salt = newToken();
      const createdAt = clock.now();
      const link = {
        websiteId: website.id,
        kind,
        tokenHash: hashOf(linkTokenOf(salt)),
        salt,
        name: '',
        target: targetOfOwn(website, target),
        createdAt,
        expiresAt: after(createdAt, seconds(expiresInDays * day)),
      } as const;
      const id = await links.create(link, mostLinks);
      if (id === undefined) {
        throw new Problem(
          'conflict',
          `A website can have ${mostLinks} shared previews at most. Revoke one that is no longer needed.`,
        );
      }
      await noteChange(options, request, website.id, [{ kind: 'shared-preview.created', id, target: link.target }]);
      drawAhead({ linkId: id, website, asOf, target: link.target });
      return reply.code(201).send(json({ ...link, id, usedAt: null }, request.headers.host));
    },
  );

  const revoke = { summary: 'Revoke a shared preview immediately and permanently', params: SharedPreviewParams };
  const config = { ...editor, audit: ['shared-preview.revoked'] } as const;
  api.delete(`${path}/:sharedPreviewId`, { config, schema: revoke }, async (request, reply) => {
    const { website } = memberOf(request);
    const { sharedPreviewId: id } = request.params;
    const link = (await links.of(website.id, kind, clock.now())).find((one) => one.id === id);
    if (link === undefined || link.target === null) {
      throw new Problem('not-found', 'The website has no such shared preview, or it has expired.');
    }
    const { target } = link;
    const isRevoked = await links.remove(website.id, kind, id);
    await noteChange(options, request, website.id, isRevoked ? [{ kind: 'shared-preview.revoked', id, target }] : []);
    return reply.code(204).send();
  });
}

/** A page of the website itself, by path and query or by its URL. @throws {Problem} `malformed-address`. */
function targetOfOwn(website: Website, text: string): Target {
  const target = targetOf(website, text);
  if (target.startsWith('/')) return target;
  throw new Problem('malformed-address', `${text} is not a page of ${website.origin}.`);
}
