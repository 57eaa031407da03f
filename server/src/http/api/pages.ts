import { Failure } from '../../errors.ts';
import type { ListedPage, Picture } from '../../store/store.ts';
import { parseTarget } from '../../websites/parse.ts';
import type { Target, Website } from '../../websites/website.ts';
import { memberOf } from './access.ts';
import type { Api } from './api.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { ApiOptions } from './options.ts';
import { WebsiteParams } from './schemas/common.ts';
import { Pages, PagesQuery, PictureQuery } from './schemas/pages.ts';
import { timeOf } from './time.ts';

const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;

/** The pages of a website, of which something is kept. */
export function addPagesRoutes(api: Api, { store, cards, clock }: ApiOptions): void {
  const list = {
    summary: 'Pages of a website: searched, sorted, so many at a time',
    params: WebsiteParams,
    querystring: PagesQuery,
    response: { 200: Pages },
  };
  api.get('/websites/:websiteId/pages', { config: viewer, schema: list }, async (request) => {
    const { website } = memberOf(request);
    const { search = '', state = null, sort = 'target', limit = 50, cursor } = request.query;
    const order = request.query.order ?? (sort === 'target' ? 'asc' : 'desc');
    await cards.writeDown();
    const after = cursor === undefined ? null : readCursor(cursor);
    const { pages, next } = await store.listPages(
      website.id,
      { search, state, sort, order, limit, after },
      clock.now(),
    );
    return { pages: pages.map((page) => row(website, page)), next: next && writeCursor(next) };
  });

  const picture = {
    summary: 'The picture that is kept of a card; draws nothing, counts nothing',
    params: WebsiteParams,
    querystring: PictureQuery,
  };
  api.get('/websites/:websiteId/picture', { config: viewer, schema: picture }, async (request, reply) => {
    const { website } = memberOf(request);
    const { consumer, variant = '' } = request.query;
    const card = await store.find({ websiteId: website.id, target: targetOf(request.query.target), consumer, variant });
    const kept = card?.outcome.kind === 'picture' ? card.outcome.picture : undefined;
    const bytes = kept && (await store.picture(kept));
    if (kept === undefined || bytes === undefined) throw new Failure('not-found', 'No such picture is kept.');
    const etag = `"${kept.hash}"`;
    // The browser asks each time, and is told each time that it has it.
    reply.header('etag', etag).header('cache-control', 'private, no-cache');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(kept.type).send(bytes);
  });
}

/** @throws {Failure} `malformed-address`. */
export function targetOf(text: string): Target {
  const target = parseTarget(text)?.target;
  if (target === undefined) throw new Failure('malformed-address', `"${text}" is no path of a page: /blog/hello?a=b`);
  return target;
}

/** Where the bytes of a kept picture are, for who may see them; another picture has another address. */
export function pictureHref(
  website: Website,
  target: Target,
  consumer: string,
  { hash }: Picture,
  variant = '',
): string {
  const query = new URLSearchParams({ target, consumer, ...(variant === '' ? {} : { variant }) });
  return `/api/v1/websites/${website.id}/picture?${query}#${hash.slice(0, 16)}`;
}

function row(website: Website, { target, state, freshUntil, drawnAt, askedAt, requests, cards }: ListedPage) {
  const shown = cards.find(({ picture }) => picture !== null);
  return {
    target,
    url: website.origin + target,
    state,
    freshUntil: freshUntil === null ? null : timeOf(freshUntil),
    drawnAt: drawnAt === null ? null : timeOf(drawnAt),
    askedAt: timeOf(askedAt),
    requests,
    consumers: [...new Set(cards.map(({ consumer }) => consumer))],
    picture: shown?.picture
      ? {
          ...shown.picture,
          consumer: shown.consumer,
          href: pictureHref(website, target, shown.consumer, shown.picture),
        }
      : null,
  };
}
