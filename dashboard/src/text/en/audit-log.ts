import type { Actor, AuditAction, AuditSubject, Role } from '../../api/types.ts';

const role: Readonly<Record<Role, string>> = { owner: 'an owner', editor: 'an editor', viewer: 'a viewer' };
/** From the lowest to the highest. */
const ranks: readonly Role[] = ['viewer', 'editor', 'owner'];
const pages = (count: number) => (count === 1 ? '1 page' : `${count} pages`);
const named = (what: string, name: string) => (name === '' ? what : `${what} “${name}”`);

/** Who did it, within a sentence. */
function actor(who: Actor): string {
  switch (who.kind) {
    case 'person':
      return who.name;
    case 'person-key':
      return `${who.name} (${named('API key', who.key)})`;
    case 'website-key':
      return `the website key ${who.key.slice(0, 18)}…`;
    case 'deploy-hook':
      return named('the deploy hook', who.name);
    case 'command-line':
      return 'the command line';
    case 'service':
      return 'the service';
  }
}

/** What was done, in a sentence that begins with who did it. Several settings and pages are listed below the sentence. */
function did(action: AuditAction, who: Actor): string {
  switch (action.kind) {
    case 'website.created':
      return 'added the website';
    case 'website.removed':
      return 'removed the website';
    case 'website.host-proven':
      return `verified the custom host name ${action.host}`;
    case 'website.host-lost':
      return `removed the custom host name ${action.host}, because another website has verified it`;
    case 'settings.changed':
      return `changed ${action.changes.length} settings`;
    case 'cache.purged':
      if (action.part === 'website') return 'purged all cards';
      if (action.part === 'prefix') return `purged all pages that begin with ${action.prefix}`;
      return `purged ${pages(action.count)}`;
    case 'warmup.started':
      return action.pages === null ? 'started a warm-up of the sitemap' : `started a warm-up of ${pages(action.pages)}`;
    case 'warmup.stopped':
      return 'stopped a warm-up';
    case 'warmup.resumed':
      return 'resumed a warm-up';
    case 'key.created':
      return `created the website key ${action.publicKey.slice(0, 18)}…`;
    case 'key.revoked':
      return `revoked the website key ${action.publicKey.slice(0, 18)}…`;
    case 'member.joined':
      return isSelf(action, who) ? `joined as ${role[action.role]}` : `added ${action.name} as ${role[action.role]}`;
    case 'member.removed':
      return isSelf(action, who) ? 'left the website' : `removed ${action.name}, who was ${role[action.role]}`;
    case 'member.role-changed':
      if (!isSelf(action, who)) {
        return `changed the role of ${action.name} from ${action.from} to ${action.to}`;
      }
      return ranks.indexOf(action.to) > ranks.indexOf(action.from)
        ? `accepted an invitation and changed from ${action.from} to ${action.to}`
        : `stepped down from ${action.from} to ${action.to}`;
    case 'member.invited':
      return `created an invitation for ${role[action.role]}`;
    case 'member.invitation-withdrawn':
      return `withdrew an invitation for ${role[action.role]}`;
    case 'deploy-hook.created':
      return `created ${named('the deploy hook', action.name)}`;
    case 'deploy-hook.revoked':
      return `revoked ${named('the deploy hook', action.name)}`;
    case 'webhook.created':
      return `created a webhook to ${action.host}`;
    case 'webhook.removed':
      return `removed the webhook to ${action.host}`;
    case 'webhook.disabled':
      return `disabled the webhook to ${action.host}, which answered 410`;
    case 'probe.started':
      return 'started a crawler probe';
    case 'probe.ended':
      return 'ended a crawler probe';
    case 'shared-preview.created':
      return `shared a preview of ${action.target}`;
    case 'shared-preview.revoked':
      return `revoked a shared preview of ${action.target}`;
  }
}

function isSelf({ personId }: { readonly personId: string }, who: Actor): boolean {
  return (who.kind === 'person' || who.kind === 'person-key') && who.id === personId;
}

const subjects: Readonly<Record<AuditSubject, string>> = {
  cache: 'Purges',
  settings: 'Settings',
  key: 'Keys',
  member: 'Members',
  'deploy-hook': 'Deploy hooks',
  webhook: 'Webhooks',
  warmup: 'Warm-ups',
  probe: 'Crawler probes',
  'shared-preview': 'Shared previews',
  website: 'The website itself',
};

export const auditLog = {
  title: 'Audit log',
  lead: 'Who changed what on this website. Changes are kept for a year.',
  notForViewers: 'Only owners and editors can see who changed what on this website.',
  actor,
  /** At the beginning of a sentence. */
  whoever: (who: Actor) => actor(who).replace(/^./u, (letter) => letter.toUpperCase()),
  did,
  what: 'What',
  everything: 'All changes',
  subjects,
  who: 'Who',
  everybody: 'Everybody',
  today: 'Today',
  yesterday: 'Yesterday',
  none: 'No changes yet. Purges, settings, keys, members and hooks appear here.',
  noneFound: 'No change matches this filter.',
  showAll: 'Show all changes',
  more: 'Show older changes',
  from: (address: string) => `from ${address}`,
  changes: 'Changed settings',
  pages: 'Purged pages',
  others: (count: number) => (count === 1 ? 'and 1 other page' : `and ${count} other pages`),
  /** A changed setting, in a sentence that begins with who changed it. */
  sentence: {
    fromTo: (name: string, from: string, to: string) => `changed ${name} from ${from} to ${to}`,
    switched: (name: string, isOn: boolean) => `switched ${isOn ? 'on' : 'off'} “${name}”`,
    picture: {
      set: 'set the fallback picture',
      replaced: 'replaced the fallback picture',
      removed: 'removed the fallback picture',
    },
  },
  /** One of several changed settings. */
  line: {
    fromTo: (name: string, from: string, to: string) => `${name}: from ${from} to ${to}`,
    switched: (name: string, isOn: boolean) => `${name}: switched ${isOn ? 'on' : 'off'}`,
    picture: {
      set: 'Fallback picture: set',
      replaced: 'Fallback picture: replaced',
      removed: 'Fallback picture: removed',
    },
  },
  purgedOne: 'purged',
  value: {
    none: 'none',
    usual: "the service's default",
    ownWidth: "each network's own width",
    usualParameters: 'the usual ones',
    pixels: (count: string) => `${count} pixels`,
    perMinute: (count: string) => `${count} per minute`,
  },
};
