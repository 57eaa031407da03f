import type { PersonId, Role } from './identity.ts';
import type { EpochMs } from './units.ts';
import type { HostName, Origin, PublicKey, Target, WebsiteId, WebsiteSettings } from './website.ts';

/** Who changed something. Names are those of that moment: they stay readable when a person or a key is gone. */
export type Actor =
  /** A person who is signed in. */
  | { readonly kind: 'person'; readonly id: PersonId; readonly name: string }
  /** A person's API key. */
  | { readonly kind: 'person-key'; readonly id: PersonId; readonly name: string; readonly key: string }
  | { readonly kind: 'website-key'; readonly key: PublicKey }
  | { readonly kind: 'deploy-hook'; readonly id: number; readonly name: string }
  /** A command on the service's own machine. */
  | { readonly kind: 'command-line' }
  /** Nobody: the service did it by itself. */
  | { readonly kind: 'service' };

/** A setting's value; of a picture, its hash. */
export type SettingValue = string | number | boolean | readonly string[] | null;

export interface ChangedSetting {
  readonly name: keyof WebsiteSettings;
  readonly from: SettingValue;
  readonly to: SettingValue;
}

/** What was purged; of many pages the first few. */
type PurgedPart =
  | { readonly part: 'website' }
  | { readonly part: 'prefix'; readonly prefix: Target }
  | { readonly part: 'pages'; readonly count: number; readonly targets: readonly Target[] };

/** What was changed. Never contains secrets, or addresses that give access to anybody who has them. */
export type AuditAction =
  | { readonly kind: 'website.created'; readonly origin: Origin }
  | { readonly kind: 'website.removed'; readonly origin: Origin }
  | { readonly kind: 'website.host-proven'; readonly host: HostName }
  /** Another website has proven the host. */
  | { readonly kind: 'website.host-lost'; readonly host: HostName }
  | { readonly kind: 'settings.changed'; readonly changes: readonly ChangedSetting[] }
  | ({ readonly kind: 'cache.purged' } & PurgedPart)
  /** `pages` is null where a sitemap says which. */
  | { readonly kind: 'warmup.started'; readonly id: number; readonly pages: number | null }
  | { readonly kind: 'warmup.stopped'; readonly id: number }
  | { readonly kind: 'warmup.resumed'; readonly id: number }
  | { readonly kind: 'key.created'; readonly publicKey: PublicKey }
  | { readonly kind: 'key.revoked'; readonly publicKey: PublicKey }
  | { readonly kind: 'member.joined'; readonly personId: PersonId; readonly name: string; readonly role: Role }
  | { readonly kind: 'member.removed'; readonly personId: PersonId; readonly name: string; readonly role: Role }
  | {
      readonly kind: 'member.role-changed';
      readonly personId: PersonId;
      readonly name: string;
      readonly from: Role;
      readonly to: Role;
    }
  | { readonly kind: 'member.invited'; readonly id: number; readonly role: Role }
  | { readonly kind: 'member.invitation-withdrawn'; readonly id: number; readonly role: Role }
  | { readonly kind: 'deploy-hook.created'; readonly id: number; readonly name: string }
  | { readonly kind: 'deploy-hook.revoked'; readonly id: number; readonly name: string }
  /** Of its address the host alone: the rest may be a secret. */
  | { readonly kind: 'webhook.created'; readonly id: number; readonly host: string }
  | { readonly kind: 'webhook.removed'; readonly id: number; readonly host: string }
  /** Its receiver answered `410`. */
  | { readonly kind: 'webhook.disabled'; readonly id: number; readonly host: string }
  | { readonly kind: 'probe.started'; readonly id: number }
  | { readonly kind: 'probe.ended'; readonly id: number }
  | { readonly kind: 'shared-preview.created'; readonly id: number; readonly target: Target }
  | { readonly kind: 'shared-preview.revoked'; readonly id: number; readonly target: Target };

export type AuditKind = AuditAction['kind'];

export const auditKinds = [
  'website.created',
  'website.removed',
  'website.host-proven',
  'website.host-lost',
  'settings.changed',
  'cache.purged',
  'warmup.started',
  'warmup.stopped',
  'warmup.resumed',
  'key.created',
  'key.revoked',
  'member.joined',
  'member.removed',
  'member.role-changed',
  'member.invited',
  'member.invitation-withdrawn',
  'deploy-hook.created',
  'deploy-hook.revoked',
  'webhook.created',
  'webhook.removed',
  'webhook.disabled',
  'probe.started',
  'probe.ended',
  'shared-preview.created',
  'shared-preview.revoked',
] as const satisfies readonly AuditKind[];

/** What stands before the dot. */
export const auditSubjects = [
  'website',
  'settings',
  'cache',
  'warmup',
  'key',
  'member',
  'deploy-hook',
  'webhook',
  'probe',
  'shared-preview',
] as const;

export type AuditSubject = (typeof auditSubjects)[number];

export interface NewAuditEntry {
  readonly websiteId: WebsiteId;
  readonly at: EpochMs;
  readonly actor: Actor;
  readonly action: AuditAction;
  /** The client's IP address; null where nobody asked over the network, and once it is forgotten. */
  readonly address: string | null;
}

export interface AuditEntry extends NewAuditEntry {
  readonly id: number;
}

/** Tells actors apart: a person is the same with a key and without. At most 200 characters. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
    case 'person-key':
      return `person:${actor.id}`;
    case 'website-key':
      return `website-key:${actor.key}`;
    case 'deploy-hook':
      return `deploy-hook:${actor.id}`;
    default:
      return actor.kind;
  }
}

/** The kinds that a filter names: one, or all of a subject. */
export function kindsOf(filter: AuditKind | AuditSubject): readonly AuditKind[] {
  return auditKinds.filter((kind) => kind === filter || kind.startsWith(`${filter}.`));
}
