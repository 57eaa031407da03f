import Type from 'typebox';
import { Thumbnails } from '../../../cards/inspect/thumbnails.ts';
import type { Picture } from '../../../model/picture.ts';
import { Problem } from '../../../model/problem.ts';
import type { Target, Website } from '../../../model/website.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { pictures, WebsiteParams } from '../schemas/common.ts';
import { PictureQuery } from '../schemas/pages.ts';
import { targetOf } from './targets.ts';

// For the rows of a list.
const rowWidth = 240;
// Enough to tell pictures apart, in a short address.
const hashDigits = 16;

// A picture with its hash in the address never changes. A day, so that browsers do not keep a website's pictures for ever.
const unchanging = 'private, max-age=86400, immutable';

/** Kept pictures for those who may see them, full size or scaled. */
export function addPictureRoute(api: Api, { store }: ApiOptions): void {
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const thumbnails = new Thumbnails(store);
  const schema = {
    summary: 'The kept picture of a card, full size or scaled; renders and counts nothing',
    params: WebsiteParams,
    querystring: PictureQuery,
    response: { 200: pictures, 304: Type.Null({ description: 'the picture that `If-None-Match` names' }) },
  };
  api.get('/websites/:websiteId/picture', { config: viewer, schema }, async (request, reply) => {
    const { website } = memberOf(request);
    const { consumer, variant = '', width, hash } = request.query;
    const target = targetOf(website, request.query.target);
    const card = await store.cards.find({ websiteId: website.id, target, consumer, variant });
    const kept = card?.outcome.kind === 'picture' ? card.outcome.picture : undefined;
    if (kept === undefined) throw notKept();
    const etag = width === undefined ? `"${kept.hash}"` : `"${kept.hash}-${width}"`;
    const isNamed = hash !== undefined && kept.hash.startsWith(hash);
    // Without the hash, the browser revalidates each time.
    const lifetime = { etag, 'cache-control': isNamed ? unchanging : 'private, no-cache' };
    if (request.headers['if-none-match'] === etag) return reply.code(304).headers(lifetime).send();
    const bytes = await (width === undefined ? store.pictures.read(kept) : thumbnails.of(kept, width, website.id));
    if (bytes === undefined) throw notKept();
    return reply
      .headers(lifetime)
      .type(width === undefined ? kept.type : 'image/webp')
      .send(bytes);
  });
}

/** The address of a kept picture, for those who may see it; each picture has its own. */
export function pictureHref(
  website: Website,
  target: Target,
  consumer: string,
  { hash }: Picture,
  variant: string,
): string {
  const named = { target, consumer, ...(variant === '' ? {} : { variant }), hash: hash.slice(0, hashDigits) };
  return `/api/v1/websites/${website.id}/picture?${new URLSearchParams(named)}`;
}

/** The same for a list's row. */
export function thumbnailHref(...picture: Parameters<typeof pictureHref>): string {
  return `${pictureHref(...picture)}&width=${rowWidth}`;
}

function notKept(): Problem {
  return new Problem('not-found', 'No such picture is kept.');
}
