import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ownBase } from '../../accounts/own-origin.ts';
import { takeOne } from '../../cards/limits/quota-used-up.ts';
import { Rate } from '../../cards/limits/rate.ts';
import type { SharedPages } from '../../cards/shared-preview/shared-pages.ts';
import type { SharedPictures, SharedTarget } from '../../cards/shared-preview/shared-pictures.ts';
import type { UnfurlPictures } from '../../cards/shared-preview/unfurl-pictures.ts';
import { type Consumer, consumerNamed, consumerOf, generic } from '../../model/consumers.ts';
import { Problem } from '../../model/problem.ts';
import { type Clock, epochMs } from '../../model/units.ts';
import type { Link } from '../../store/ports/links.ts';
import type { Store } from '../../store/ports/store.ts';
import { addressOf } from '../../websites/parse.ts';
import type { SharedPreviewDocument } from './shared-preview-document.ts';
import { websiteOfLink } from './website-of-link.ts';

export interface SharedPreviewOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly sharedPages: SharedPages;
  readonly sharedPictures: SharedPictures;
  readonly unfurlPictures: UnfurlPictures;
  readonly sharedPreviewDocument: () => Promise<SharedPreviewDocument>;
  /** The public base address. */
  readonly url: string;
}

// Links are posted: each view asks for some ten pictures, most of them kept.
const viewsPerMinute = 120;
const picturesPerMinute = 20 * viewsPerMinute;
// Noted this often: whoever made the link wants to know the day, not each view.
const noteEveryMs = 60_000;
// Pictures may be kept by browsers and asked for with their ETag: a revoked link shows nothing the next time.
const askedAgain = 'no-cache';

type Opened = SharedTarget & { readonly link: Link };
type TokenRequest = FastifyRequest<{ Params: { token: string } }>;

/** The page of a shared preview and its pictures. Each address begins with the link's token, and gives this page alone. */
export function addSharedPreview(app: FastifyInstance, options: SharedPreviewOptions): void {
  const { store, clock, sharedPages, sharedPictures, unfurlPictures, url } = options;
  const views = new Rate(viewsPerMinute);
  const pictures = new Rate(picturesPerMinute);

  /** @throws {Problem} `not-found`; `too-many-requests`. */
  const open = async (token: string, rate: Rate): Promise<Opened> => {
    const found = await websiteOfLink(store, 'shared-preview', token, clock.now());
    const target = found?.link.target ?? null;
    if (found === undefined || target === null) {
      throw new Problem('not-found', 'There is no such shared preview, or it was revoked or has expired.');
    }
    const { link, website, asOf } = found;
    const refusal = { policy: 'shared-preview', message: 'Too many requests for this shared preview.' };
    takeOne(rate, String(link.id), clock.now(), refusal);
    return { link, linkId: link.id, website, asOf, target };
  };

  app.get('/preview/:token', async (request: TokenRequest, reply) => {
    const { token } = request.params;
    const document = await options.sharedPreviewDocument();
    reply.header('content-security-policy', document.policy).header('cache-control', 'no-store');
    reply.header('x-robots-tag', 'noindex').type('text/html; charset=utf-8');
    const page = await open(token, views).catch((error: unknown) => {
      if (error instanceof Problem && error.type === 'not-found') return undefined;
      throw error;
    });
    if (page === undefined) return reply.code(404).send(document.ended());
    const { link, website, target } = page;
    if (clock.now() - (link.usedAt ?? 0) >= noteEveryMs) await store.links.noteUse(link.id, clock.now());
    const { origin, target: path } = addressOf(website, target);
    // A network reads the head, and is gone after three seconds.
    const waits = consumerOf(request.headers['user-agent']) === generic;
    const shown = {
      url: origin + path,
      address: `${ownBase(url, request.headers.host)}/preview/${token}`,
      expiresAt: new Date(link.expiresAt ?? epochMs(0)).toISOString(),
      ...(await sharedPages.of(page, waits)),
    };
    return reply.send(document.shown(shown));
  });

  /** What browsers may keep, and ask for again each time. */
  const send = (request: FastifyRequest, reply: FastifyReply, bytes: Buffer, type: string) => {
    const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    reply.headers({ etag, 'cache-control': askedAgain, 'x-robots-tag': 'noindex' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(type).send(bytes);
  };

  app.get<{ Params: { token: string; consumer: string } }>(
    '/preview/:token/pictures/:consumer',
    async (request, reply) => {
      const page = await open(request.params.token, pictures);
      const consumer: Consumer | undefined = consumerNamed(request.params.consumer);
      if (consumer === undefined) throw new Problem('not-found', 'There is no such network.');
      const { picture, bytes } = await sharedPictures.of(page, consumer);
      return send(request, reply, bytes, picture.type);
    },
  );

  app.get('/preview/:token/named-picture', async (request: TokenRequest, reply) => {
    const page = await open(request.params.token, pictures);
    return send(request, reply, await sharedPages.namedPicture(page), 'image/webp');
  });

  app.get('/preview/:token/og-image', async (request: TokenRequest, reply) => {
    const page = await open(request.params.token, pictures);
    const { bytes, type } = await unfurlPictures.of(page, consumerOf(request.headers['user-agent']));
    // Other sites show it beside the link.
    reply.header('cross-origin-resource-policy', 'cross-origin').header('vary', 'User-Agent');
    return send(request, reply, bytes, type);
  });
}
