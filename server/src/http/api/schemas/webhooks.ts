import Type from 'typebox';
import { Nullable, Time } from './common.ts';

const Event = Type.Union([Type.Literal('page.failing'), Type.Literal('page.recovered'), Type.Literal('quota.reached')]);

export const Webhook = Type.Object({
  id: Type.Integer(),
  url: Type.String(),
  events: Type.Array(Event),
  createdAt: Time,
  disabledAt: Nullable(
    Type.String({ ...Time, description: 'when it was disabled, because its receiver answered 410' }),
  ),
});
export const Webhooks = Type.Object({ webhooks: Type.Array(Webhook) });
export const NewWebhook = Type.Object(
  {
    url: Type.String({ minLength: 1, maxLength: 2048, description: 'an http or https address in a public network' }),
    events: Type.Optional(Type.Array(Event, { minItems: 1, maxItems: 3, description: 'without it, all' })),
  },
  { additionalProperties: false },
);
/** The secret is shown once. */
export const MadeWebhook = Type.Object({ ...Webhook.properties, secret: Type.String({ description: 'whsec_…' }) });
export const WebhookParams = Type.Object({
  websiteId: Type.Integer({ minimum: 1 }),
  webhookId: Type.Integer({ minimum: 1 }),
});

export const Delivery = Type.Object({
  id: Type.String({ description: 'the webhook-id that is sent; the same for every attempt' }),
  event: Type.String(),
  createdAt: Time,
  attempts: Type.Integer(),
  nextAt: Nullable(Type.String({ ...Time, description: 'when it is tried next' })),
  result: Nullable(Type.Union([Type.Literal('delivered'), Type.Literal('failed')])),
  answer: Nullable(Type.String({ description: 'the result of the last attempt: a status, or a sentence' })),
  body: Type.String(),
});
export const Deliveries = Type.Object({ deliveries: Type.Array(Delivery) });
