import Type from 'typebox';
import { Nullable, Time } from './common.ts';

const counts = {
  requests: Type.Integer({ description: 'for cards' }),
  hits: Type.Integer({ description: 'answered with a kept card, fresh or stale, without asking the site' }),
  slow: Type.Integer({
    description:
      'of the hits: answered with an old card, because its renewal took longer than the patience of the website',
  }),
  checked: Type.Integer({ description: 'answered with a kept card after the site was asked' }),
  drawn: Type.Integer({
    description: 'answered with a new drawing, shared ones too: requests = hits + checked + drawn + failures',
  }),
  renders: Type.Integer({ description: 'drawings; one may answer several requests, and some answer none' }),
  revalidations: Type.Integer({ description: 'answered by a 304 of the origin' }),
  fetches: Type.Integer({ description: 'requests to the origin' }),
  failures: Type.Integer({ description: 'requests that got no card' }),
  saved: Type.Integer({ description: 'requests - failures - fetches, not below 0' }),
  hitRatio: Nullable(Type.Number({ description: 'hits / requests' })),
};

const times = { renderP50: Nullable(Type.Number({ description: 'milliseconds' })), renderP95: Nullable(Type.Number()) };

export const UsageDay = Type.Object({ day: Type.String({ description: 'YYYY-MM-DD, UTC' }), ...counts, ...times });

const UsageHour = Type.Object({ hour: Time, ...counts, ...times });

export const Usage = Type.Object({
  total: Type.Object({ ...counts, ...times }),
  days: Type.Array(UsageDay, { description: 'every day, oldest first; empty if `hours` was sent' }),
  hours: Type.Array(UsageHour, {
    description:
      'every hour, oldest first, if `hours` was sent or the period is one of the last five days; otherwise empty',
  }),
  consumers: Type.Array(Type.Object({ consumer: Type.String(), ...counts })),
  compared: Nullable(
    Type.Object(
      { now: Type.Object(counts), before: Type.Object(counts) },
      {
        description:
          'the period without the current day or hour, and the period of the same length before it; null if the website is younger',
      },
    ),
  ),
});

const day = (description: string) => Type.Optional(Type.String({ maxLength: 10, description }));

export const UsageQuery = Type.Object({
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 366, description: 'the last days, today included; 30 by default' }),
  ),
  hours: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 48,
      description: 'the last hours, the current one included; instead of `days`',
    }),
  ),
  from: day('the first day, YYYY-MM-DD, UTC; instead of `days`'),
  to: day('the last day, at most 366 days in all; today by default'),
});

/** What an owner should look at first. */
export const Attention = Type.Object({
  failing: Type.Integer({ description: 'pages whose last attempt failed' }),
  /** The newest of them. */
  failures: Type.Array(
    Type.Object({
      target: Type.String(),
      at: Time,
      failure: Type.String(),
      consumer: Nullable(Type.String({ description: 'for whom the card was requested' })),
    }),
  ),
});
