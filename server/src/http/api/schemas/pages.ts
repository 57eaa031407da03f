import Type from 'typebox';
import { thumbnailWidths } from '../../../cards/inspect/thumbnails.ts';
import { pageStatusKinds } from '../../../model/page-status.ts';
import { Actor } from './audit.ts';
import { ConsumerName, Explanation, Nullable, Picture, Response, Target, Time } from './common.ts';
import { CachingFault, Finding } from './websites.ts';

/** `fresh`: served as it is; `stale`: renewed with the next request; `failing`: the last attempt failed; `gone`: 404 or 410. */
export const PageState = Type.Union([
  Type.Literal('fresh'),
  Type.Literal('stale'),
  Type.Literal('failing'),
  Type.Literal('gone'),
]);

/** What happens with the next request for the page's card. */
const PageStatus = Type.Object({
  kind: Type.Enum([...pageStatusKinds]),
  says: Type.String({ description: 'a sentence; times in it are ISO 8601' }),
  until: Nullable(Type.String({ ...Time, description: 'when this changes by itself' })),
});

export const PageRow = Type.Object({
  target: Target,
  title: Nullable(Type.String({ description: 'as last read from its document, at most 200 characters' })),
  url: Type.String(),
  state: PageState,
  status: PageStatus,
  failure: Nullable(
    Type.Object({
      at: Time,
      says: Type.String({ description: 'a sentence' }),
      consumer: Nullable(Type.String({ description: 'for whom the card was requested' })),
    }),
  ),
  freshUntil: Nullable(Time),
  drawnAt: Nullable(Time),
  askedAt: Time,
  requests: Type.Integer({ description: 'requests for its cards' }),
  consumers: Type.Array(ConsumerName, { description: 'with a kept card' }),
  /** The generic card's, or another's; with the address of its bytes. */
  picture: Nullable(
    Type.Object({
      ...Picture.properties,
      consumer: ConsumerName,
      href: Type.String(),
      thumbnail: Type.String({ description: '240 pixels wide, WebP; browsers may cache it' }),
    }),
  ),
});

export const PageSort = Type.Union([
  Type.Literal('target'),
  Type.Literal('drawn'),
  Type.Literal('asked'),
  Type.Literal('requests'),
]);

export const PagesQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 300, description: 'a part of the title, or of path and query' })),
  state: Type.Optional(PageState),
  sort: Type.Optional(PageSort),
  order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 10_000, description: '`next` of the previous response' })),
});

export const Pages = Type.Object({ pages: Type.Array(PageRow), next: Nullable(Type.String()) });

export const Decision = Type.Object({
  at: Time,
  kind: Type.Enum([
    'drawn',
    'unfinished',
    'revalidated',
    'same-version',
    'same-document',
    'stale',
    'gone',
    'failed',
    'purged',
    'settings-changed',
  ]),
  consumer: Nullable(Type.String()),
  status: Nullable(Type.Integer({ description: "the origin's status code" })),
  explanation: Nullable(Explanation),
  failure: Nullable(Type.String()),
  remarks: Type.Array(Type.String({ description: 'what the drawing did not wait for, or why it is not a card' })),
  by: Nullable(Actor),
});

export const Card = Type.Object({
  consumer: ConsumerName,
  variant: Type.String(),
  state: PageState,
  freshUntil: Time,
  drawnAt: Nullable(Time),
  gone: Nullable(Type.Integer({ description: '404 or 410' })),
  picture: Nullable(Picture),
  href: Nullable(Type.String({ description: 'the kept picture; requesting it renders and counts nothing' })),
});

/** The page's tags as last fetched. */
export const PageDocument = Type.Object({
  title: Nullable(Type.String()),
  description: Nullable(Type.String()),
  image: Nullable(
    Type.Object({
      url: Type.String(),
      kind: Type.Union([Type.Literal('own'), Type.Literal('other'), Type.Literal('broken')], {
        description: "own: this page's card; other: another picture; broken: not the address of a picture",
      }),
    }),
  ),
  tags: Type.Array(Type.Object({ name: Type.String(), content: Type.String() })),
  findings: Type.Array(Finding),
});

export const PageDetail = Type.Object({
  target: Target,
  url: Type.String(),
  status: PageStatus,
  cardUrl: Nullable(
    Type.String({
      description: "the public address of its card; null for another website's page, which needs a signed address",
    }),
  ),
  cards: Type.Array(Card),
  explanation: Nullable(Explanation),
  cachingFault: CachingFault,
  decisions: Type.Array(Decision),
  document: Nullable(PageDocument),
  requests: Type.Array(Type.Object({ consumer: ConsumerName, requests: Type.Integer() })),
  askedAt: Nullable(Type.String({ ...Time, description: 'when one of its cards was last requested' })),
  response: Nullable(Response),
});

export const PageQuery = Type.Object({ target: Target });
export const PictureQuery = Type.Object({
  target: Target,
  consumer: ConsumerName,
  variant: Type.Optional(Type.String()),
  width: Type.Optional(
    Type.Integer({
      enum: [...thumbnailWidths],
      description: 'width in pixels, as WebP; without it, the kept picture unchanged',
    }),
  ),
  hash: Type.Optional(
    Type.String({
      pattern: '^[0-9a-f]{16,64}$',
      description: "the first digits of the picture's hash; while they match, browsers may cache it",
    }),
  ),
});

export const Purge = Type.Union([
  Type.Object({ kind: Type.Literal('page'), target: Target }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('pages'), targets: Type.Array(Target, { minItems: 1, maxItems: 1000 }) },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal('prefix'), prefix: Target }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('website') }, { additionalProperties: false }),
]);

export const PurgeHeaders = Type.Object({
  prefer: Type.Optional(Type.String({ description: 'return=representation: the answer counts the purged cards' })),
});
export const Purged = Type.Object({
  cards: Type.Integer(),
  more: Type.Boolean({ description: 'counting ended: there were at least as many' }),
});

export const NewDrawing = Type.Object(
  {
    target: Target,
    consumer: Type.Optional(ConsumerName),
    all: Type.Optional(Type.Boolean({ description: 'for every consumer, one after the other' })),
  },
  { additionalProperties: false },
);

/** A line of the response to a drawing (`application/jsonl`), in order; each card ends with `done` or `failed`. */
export const DrawingStep = Type.Union([
  Type.Object({
    step: Type.Literal('drawing'),
    consumer: ConsumerName,
    nth: Type.Integer({ description: 'from 1' }),
    count: Type.Integer(),
  }),
  Type.Object({
    step: Type.Literal('done'),
    consumer: ConsumerName,
    cacheStatus: Type.String(),
    fetchMs: Nullable(Type.Number()),
    renderMs: Nullable(Type.Number()),
  }),
  Type.Object({ step: Type.Literal('failed'), consumer: ConsumerName, title: Type.String(), detail: Type.String() }),
]);
