import Type from 'typebox';
import { type Actor as AnActor, type AuditAction, auditKinds, auditSubjects } from '../../../model/audit.ts';
import { Nullable, Target, Time } from './common.ts';
import { Role } from './websites.ts';

const text = Type.String();
const id = Type.Integer();
const person = { personId: text, name: text };

/** Who made a change; names are those of that moment. */
export const Actor = Type.Unsafe<AnActor>(
  Type.Union([
    Type.Object({ kind: Type.Literal('person'), id: text, name: text }),
    Type.Object({
      kind: Type.Literal('person-key'),
      id: text,
      name: text,
      key: Type.String({ description: "the key's name" }),
    }),
    Type.Object({ kind: Type.Literal('website-key'), key: Type.String({ description: 'the public key' }) }),
    Type.Object({ kind: Type.Literal('deploy-hook'), id, name: text }),
    Type.Object({ kind: Type.Literal('command-line') }, { description: "a command on the service's own machine" }),
    Type.Object({ kind: Type.Literal('service') }, { description: 'the service itself, not a person' }),
  ]),
);

/** No type: with several, a list would be written as text. */
const SettingValue = Type.Unsafe({
  description: 'text, a number, true or false, a list of texts, or null; of a picture, its hash',
});
const ChangedSetting = Type.Object({ name: text, from: SettingValue, to: SettingValue });

const kind = (name: AuditAction['kind']) => ({ kind: Type.Literal(name) });

/** What was changed. */
const Action = Type.Unsafe<AuditAction>(
  Type.Union([
    Type.Object({ ...kind('website.created'), origin: text }),
    Type.Object({ ...kind('website.removed'), origin: text }),
    Type.Object({ ...kind('website.host-proven'), host: text }),
    Type.Object({ ...kind('website.host-lost'), host: text }),
    Type.Object({ ...kind('settings.changed'), changes: Type.Array(ChangedSetting) }),
    Type.Object({ ...kind('cache.purged'), part: Type.Literal('website') }),
    Type.Object({ ...kind('cache.purged'), part: Type.Literal('prefix'), prefix: Target }),
    Type.Object({
      ...kind('cache.purged'),
      part: Type.Literal('pages'),
      count: id,
      targets: Type.Array(Target, { description: 'the first ten' }),
    }),
    Type.Object({
      ...kind('warmup.started'),
      id,
      pages: Nullable(Type.Integer({ description: 'null: those of a sitemap' })),
    }),
    Type.Object({ ...kind('warmup.stopped'), id }),
    Type.Object({ ...kind('warmup.resumed'), id }),
    Type.Object({ ...kind('key.created'), publicKey: text }),
    Type.Object({ ...kind('key.revoked'), publicKey: text }),
    Type.Object({ ...kind('member.joined'), ...person, role: Role }),
    Type.Object({ ...kind('member.removed'), ...person, role: Role }),
    Type.Object({ ...kind('member.role-changed'), ...person, from: Role, to: Role }),
    Type.Object({ ...kind('member.invited'), id, role: Role }),
    Type.Object({ ...kind('member.invitation-withdrawn'), id, role: Role }),
    Type.Object({ ...kind('deploy-hook.created'), id, name: text }),
    Type.Object({ ...kind('deploy-hook.revoked'), id, name: text }),
    Type.Object({ ...kind('webhook.created'), id, host: text }),
    Type.Object({ ...kind('webhook.removed'), id, host: text }),
    Type.Object({ ...kind('webhook.disabled'), id, host: text }),
    Type.Object({ ...kind('probe.started'), id }),
    Type.Object({ ...kind('probe.ended'), id }),
    Type.Object({ ...kind('shared-preview.created'), id, target: Target }),
    Type.Object({ ...kind('shared-preview.revoked'), id, target: Target }),
  ]),
);

export const AuditEntry = Type.Object({
  id,
  at: Time,
  actor: Actor,
  action: Action,
  address: Nullable(Type.String({ description: 'the IP address of the client; for owners only, and for thirty days' })),
});

export const AuditLogQuery = Type.Object({
  action: Type.Optional(
    Type.Enum([...auditSubjects, ...auditKinds], {
      description: '`settings`, `member`, …, or one kind of action: `member.joined`',
    }),
  ),
  actor: Type.Optional(Type.String({ maxLength: 200, description: 'an `id` of `…/audit-log/actors`' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the previous response' })),
});

export const AuditLog = Type.Object({ entries: Type.Array(AuditEntry), next: Nullable(Type.String()) });

export const AuditActors = Type.Object({
  actors: Type.Array(Type.Object({ id: text, actor: Actor, lastAt: Time })),
});
