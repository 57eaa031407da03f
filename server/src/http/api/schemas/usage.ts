import Type from 'typebox';
import { Nullable, Time } from './common.ts';

const counts = {
  requests: Type.Integer({ description: 'for cards' }),
  hits: Type.Integer({ description: 'served from kept cards, fresh or stale' }),
  renders: Type.Integer(),
  revalidations: Type.Integer({ description: 'answered by a 304 of the origin' }),
  fetches: Type.Integer({ description: 'requests to the origin' }),
  failures: Type.Integer(),
};

export const UsageDay = Type.Object({
  day: Type.String({ description: 'YYYY-MM-DD, UTC' }),
  ...counts,
  renderP50: Nullable(Type.Number({ description: 'milliseconds' })),
  renderP95: Nullable(Type.Number()),
});

export const Usage = Type.Object({
  total: Type.Object({ ...counts, renderP50: Nullable(Type.Number()), renderP95: Nullable(Type.Number()) }),
  days: Type.Array(UsageDay),
  consumers: Type.Array(Type.Object({ consumer: Type.String(), ...counts })),
});

export const UsageQuery = Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })) });

/** What an owner should look at first. */
export const Attention = Type.Object({
  failing: Type.Integer({ description: 'pages whose last attempt failed' }),
  /** The newest of them. */
  failures: Type.Array(Type.Object({ target: Type.String(), at: Time, failure: Type.String() })),
});
