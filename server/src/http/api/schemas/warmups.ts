import Type from 'typebox';
import { ConsumerName, Nullable, Target, Time } from './common.ts';

export const NewWarmup = Type.Object(
  {
    sitemap: Type.Optional(
      Nullable(
        Type.String({
          minLength: 1,
          maxLength: 2048,
          description: 'a sitemap of the website; without it, those named in its robots.txt, or else /sitemap.xml',
        }),
      ),
    ),
    targets: Type.Optional(
      Type.Array(Target, { minItems: 1, maxItems: 1000, description: 'these pages, instead of a sitemap' }),
    ),
    consumers: Type.Optional(
      Type.Array(ConsumerName, {
        minItems: 1,
        maxItems: 30,
        description: 'without it, those that requested cards within the last 30 days',
      }),
    ),
  },
  { additionalProperties: false },
);

const shape = {
  id: Type.Integer(),
  state: Type.Union(
    [
      Type.Literal('waiting'),
      Type.Literal('reading'),
      Type.Literal('drawing'),
      Type.Literal('done'),
      Type.Literal('stopped'),
      Type.Literal('failed'),
    ],
    { description: 'reading: the sitemap; stopped and failed: can be resumed' },
  ),
  sitemap: Nullable(Type.String({ description: "null: the website's own sitemap, or a list of pages" })),
  namedPages: Nullable(Type.Integer({ description: 'the number of pages, if they were listed instead of a sitemap' })),
  consumers: Type.Array(ConsumerName),
  createdAt: Time,
  endedAt: Nullable(Time),
  pages: Type.Object({
    total: Type.Integer({ description: 'grows while the sitemap is read' }),
    done: Type.Integer({ description: 'drawn, or confirmed by the website' }),
    skipped: Type.Integer({ description: 'fresh already, or may not be kept' }),
    failed: Type.Integer(),
  }),
  secondsLeft: Nullable(Type.Integer({ description: 'an estimate; null if unknown' })),
  note: Nullable(Type.String({ description: 'why it failed, or what was left out' })),
};

export const Warmup = Type.Object(shape);
export const WarmupDetail = Type.Object({
  ...shape,
  remarks: Type.Array(
    Type.Object({ target: Target, outcome: Type.String({ description: 'skipped or failed' }), why: Type.String() }),
    { description: 'up to 100 pages that failed or were skipped for a reason, failed ones first' },
  ),
});
export const Warmups = Type.Object({ warmups: Type.Array(Warmup) });
export const WarmupParams = Type.Object({
  websiteId: Type.Integer({ minimum: 1 }),
  warmupId: Type.Integer({ minimum: 1 }),
});
