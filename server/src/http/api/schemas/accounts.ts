import Type from 'typebox';
import { scopes } from '../../../model/identity.ts';
import { Nullable, Time } from './common.ts';

export const Person = Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() });
export const Account = Type.Object({ ...Person.properties, createdAt: Time });

/** What a visitor's browser needs first. */
export const SessionState = Type.Object({
  person: Nullable(Person),
  firstAccount: Type.Boolean({
    description: 'There is no account yet: the link that the service prints at its start creates the first one',
  }),
  openSignUp: Type.Boolean({ description: 'Anybody may create an account' }),
  ownsService: Type.Boolean({ description: 'The person owns the service and may see its state' }),
});

export const NewAccount = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    email: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: 1000, description: '8 to 128 characters' }),
    invitation: Type.Optional(Type.String({ maxLength: 200, description: 'The token of a link' })),
  },
  { additionalProperties: false },
);

export const NewPassword = Type.Object(
  {
    password: Type.String({ minLength: 1, maxLength: 1000, description: '8 to 128 characters' }),
    revokeKeys: Type.Optional(
      Type.Boolean({ description: "true: also revoke the account's API keys; otherwise they stay valid" }),
    ),
  },
  { additionalProperties: false },
);

export const Session = Type.Object({
  id: Type.String(),
  current: Type.Boolean(),
  createdAt: Time,
  updatedAt: Time,
  expiresAt: Time,
  ipAddress: Nullable(Type.String()),
  userAgent: Nullable(Type.String()),
});
export const Sessions = Type.Object({ sessions: Type.Array(Session) });
export const SessionParams = Type.Object({ sessionId: Type.String() });

const Scope = Type.Union(scopes.map((scope) => Type.Literal(scope)));

export const ApiKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  start: Type.String({ description: 'How the key begins' }),
  scopes: Type.Array(Type.String()),
  websiteIds: Nullable(Type.Array(Type.Integer(), { description: 'null: all websites of the person' })),
  createdAt: Time,
  lastUsedAt: Nullable(Time),
  expiresAt: Nullable(Time),
});
export const ApiKeys = Type.Object({ apiKeys: Type.Array(ApiKey) });
export const ApiKeyParams = Type.Object({ keyId: Type.String() });
/** Shown once. */
export const MadeApiKey = Type.Object({ ...ApiKey.properties, key: Type.String() });
export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Type.Array(Scope, { minItems: 1, maxItems: scopes.length, uniqueItems: true }),
    websiteIds: Type.Optional(
      Nullable(Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 1000, uniqueItems: true })),
    ),
    expiresInDays: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 3650 }))),
  },
  { additionalProperties: false },
);
