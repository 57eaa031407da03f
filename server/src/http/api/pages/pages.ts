import { statusOfListed } from '../../../cards/inspect/what-next.ts';
import type { EpochMs } from '../../../model/units.ts';
import type { Target, Website } from '../../../model/website.ts';
import type { ListedPage } from '../../../store/ports/activity.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { Pages, PagesQuery } from '../schemas/pages.ts';
import { timeOf } from '../time.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { statusJson } from './page.ts';
import { pictureHref, thumbnailHref } from './picture.ts';
import { urlOf } from './targets.ts';

/** A website's known pages. */
export function addPagesRoute(api: Api, { store, cards, clock }: ApiOptions): void {
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const list = {
    summary: 'Pages of a website: searched, sorted, one page of results at a time',
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
    const { pages, next } = await store.activity.listPages(
      website.id,
      { search, state, sort, order, limit, after },
      clock.now(),
    );
    const now = clock.now();
    return { pages: pages.map((page) => row(website, page, now)), next: next && writeCursor(next) };
  });
}

function row(website: Website, page: ListedPage, now: EpochMs) {
  const { target, title, state, failure, freshUntil, drawnAt, askedAt, requests, cards } = page;
  return {
    status: statusJson(statusOfListed(website, page, now)),
    failure: failure && { at: timeOf(failure.at), says: failure.failure, consumer: failure.consumer },
    target,
    title,
    url: urlOf(website, target),
    state,
    freshUntil: freshUntil === null ? null : timeOf(freshUntil),
    drawnAt: drawnAt === null ? null : timeOf(drawnAt),
    askedAt: timeOf(askedAt),
    requests,
    consumers: [...new Set(cards.map(({ consumer }) => consumer))],
    picture: cards.map((card) => shown(website, target, card)).find((picture) => picture !== null) ?? null,
  };
}

function shown(website: Website, target: Target, { consumer, variant, picture }: ListedPage['cards'][number]) {
  if (picture === null) return null;
  const href = pictureHref(website, target, consumer, picture, variant);
  const thumbnail = thumbnailHref(website, target, consumer, picture, variant);
  return { ...picture, consumer, href, thumbnail };
}
