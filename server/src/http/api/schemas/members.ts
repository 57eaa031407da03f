import Type from 'typebox';
import { Nullable, Time } from './common.ts';
import { NewKey, Role, Website } from './websites.ts';

export const Member = Type.Object({
  userId: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: Role,
  you: Type.Boolean(),
});

export const Invitation = Type.Object({
  id: Type.Integer(),
  role: Role,
  createdAt: Time,
  expiresAt: Time,
  createdBy: Nullable(Type.String({ description: "its creator's name; null for a website's key" })),
});

export const Members = Type.Object({
  members: Type.Array(Member),
  invitations: Type.Array(Invitation, { description: 'empty unless you are an owner' }),
});
export const MemberParams = Type.Object({ websiteId: Type.Integer({ minimum: 1 }), userId: Type.String() });
export const RoleBody = Type.Object({ role: Role }, { additionalProperties: false });

/** The link is shown once. */
export const NewInvitation = Type.Object({ id: Type.Integer(), role: Role, expiresAt: Time, link: Type.String() });
export const InvitationParams = Type.Object({
  websiteId: Type.Integer({ minimum: 1 }),
  invitationId: Type.Integer({ minimum: 1 }),
});
export const TokenParams = Type.Object({ token: Type.String({ maxLength: 200 }) });
export const InvitedTo = Type.Union([
  Type.Object({ kind: Type.Literal('first') }),
  Type.Object({
    kind: Type.Literal('website'),
    origin: Type.String(),
    host: Type.String({ description: 'the origin as people write it' }),
    role: Role,
    expiresAt: Time,
  }),
]);
export const Joined = Type.Object({
  websiteId: Nullable(Type.Integer({ description: 'null for the first account: all websites' })),
  role: Role,
});

export const NewWebsite = Type.Object(
  { origin: Type.String({ minLength: 1, maxLength: 300, description: 'https://example.com' }) },
  { additionalProperties: false },
);
/** The secrets are shown once. */
export const MadeWebsite = Type.Object({
  website: Website,
  key: NewKey,
  reached: Type.Object(
    {
      status: Nullable(Type.Integer({ description: 'of its home page; null where the site did not answer' })),
      problem: Nullable(Type.String({ description: 'a sentence: why no card can be drawn of its home page' })),
    },
    { description: 'what came back when its home page was requested' },
  ),
});
