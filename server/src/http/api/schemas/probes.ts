import Type from 'typebox';
import { ConsumerName, Time } from './common.ts';

export const Probe = Type.Object({
  id: Type.Integer(),
  url: Type.String({ description: 'the page to paste into a post' }),
  createdAt: Time,
  expiresAt: Time,
});
export const Probes = Type.Object({ probes: Type.Array(Probe) });
export const ProbeParams = Type.Object({
  websiteId: Type.Integer({ minimum: 1 }),
  probeId: Type.Integer({ minimum: 1 }),
});

export const ProbeRequest = Type.Object({
  id: Type.Integer(),
  at: Time,
  consumer: ConsumerName,
  method: Type.String(),
  what: Type.Union([Type.Literal('page'), Type.Literal('picture')]),
  userAgent: Type.String(),
  headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  status: Type.Integer(),
  type: Type.String({ description: 'Content-Type of what was sent' }),
  size: Type.Integer({ description: 'bytes of what was sent' }),
  curl: Type.String({ description: 'a command that repeats the request' }),
});
export const ProbeRequests = Type.Object({ requests: Type.Array(ProbeRequest, { description: 'oldest first' }) });
export const ProbeEventsQuery = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'only requests after the one with this id' })),
});
