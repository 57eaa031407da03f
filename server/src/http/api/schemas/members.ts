import Type from 'typebox';
import { Nullable, Time } from './common.ts';
import { Role } from './websites.ts';

export const Member = Type.Object({ accountId: Type.String(), name: Type.String(), email: Type.String(), role: Role });
export const Invitation = Type.Object({ id: Type.String(), email: Type.String(), role: Role, expiresAt: Time });
export const Members = Type.Object({ members: Type.Array(Member), invitations: Type.Array(Invitation) });
export const NewInvitation = Type.Object(
  { email: Type.String({ format: 'email', maxLength: 254 }), role: Role },
  { additionalProperties: false },
);
/** There is no mail: whoever invites hands the link over. Shown once. */
export const InvitationLink = Type.Intersect([Invitation, Type.Object({ link: Type.String() })]);
export const MemberParams = Type.Object({ websiteId: Type.Integer({ minimum: 1 }), accountId: Type.String() });
export const InvitationParams = Type.Object({ websiteId: Type.Integer({ minimum: 1 }), invitationId: Type.String() });
export const RoleChange = Type.Object({ role: Role }, { additionalProperties: false });
export const AcceptInvitation = Type.Object({ token: Type.String() }, { additionalProperties: false });

export const Scope = Type.Enum([
  'website:read',
  'website:write',
  'keys:write',
  'members:write',
  'pages:read',
  'pages:purge',
  'usage:read',
]);

export const ApiKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** The first characters, to tell it by. */
  start: Type.String(),
  scopes: Type.Array(Scope),
  websiteId: Nullable(Type.Integer({ description: 'null: every website of its owner' })),
  createdAt: Time,
  lastUsedAt: Nullable(Time),
});
export const ApiKeys = Type.Object({ apiKeys: Type.Array(ApiKey) });
export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Type.Array(Scope, { minItems: 1 }),
    websiteId: Nullable(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
/** `token` is shown once: `Authorization: Bearer ogplus_api_…`. */
export const CreatedApiKey = Type.Intersect([ApiKey, Type.Object({ token: Type.String() })]);
export const ApiKeyParams = Type.Object({ apiKeyId: Type.String() });

/** Who asks. */
export const Me = Type.Object({
  account: Nullable(
    Type.Object({ id: Type.String(), name: Type.String(), email: Type.String(), isOperator: Type.Boolean() }),
  ),
  /** True while no account was made: the one-time link that the service printed makes the first. */
  isNew: Type.Boolean(),
  openSignUp: Type.Boolean(),
});
