import { Thumbnails } from '../../../cards/inspect/thumbnails.ts';
import type { Picture } from '../../../model/picture.ts';
import { Problem } from '../../../model/problem.ts';
import type { Target, Website } from '../../../model/website.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { PictureQuery } from '../schemas/pages.ts';
import { targetOf } from './targets.ts';

// Of a list's rows.
const rowWidth = 240;
// Enough to tell pictures apart, and no longer than an address needs.
const hashDigits = 16;

// What is named by its hash never changes. A day: nobody's browser holds a website's pictures for ever.
const unchanging = 'private, max-age=86400, immutable';

/** Kept pictures for those who may see them, whole or small. */
export function addPictureRoute(api: Api, { store }: ApiOptions): void {
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const thumbnails = new Thumbnails(store);
  const schema = {
    summary: 'The picture that is kept of a card, whole or small; draws nothing, counts nothing',
    params: WebsiteParams,
    querystring: PictureQuery,
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
    // Without its hash the browser asks each time, and is told each time that it has it.
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

/** Where the bytes of a kept picture are, for who may see them; another picture has another address. */
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
