import type { Role } from '../../api/types.ts';

/** With its article. */
const one: Readonly<Record<Role, string>> = { owner: 'an owner', editor: 'an editor', viewer: 'a viewer' };

export const members = {
  title: 'Members',
  lead: 'People who can see this website here, and what each may do.',
  list: 'Members',
  you: 'you',
  role: 'Role',
  roleOf: (name: string) => `Role of ${name}`,
  roleWhy: {
    owner: 'Full access, including members, keys and removal',
    editor: 'Change settings, purge and draw cards',
    viewer: 'Read only',
  },
  roleWhyYou: {
    owner: 'You will have full access.',
    editor: 'You can change settings, purge cards and draw them.',
    viewer: 'You can see everything but change nothing.',
  },
  changed: (name: string, role: Role) => `${name} is now ${one[role]}.`,
  remove: 'Remove',
  removeWho: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWhy: (host: string) =>
    `They lose access to ${host}, and open invitations that they created are withdrawn. You can invite them again.`,
  removed: (name: string) => `${name} was removed.`,
  leave: 'Leave',
  leaveTitle: (host: string) => `Leave ${host}?`,
  leaveWhy: 'You lose access. An owner can invite you again.',
  lastOwner: 'You are the only owner. To leave, make another member an owner first.',
  stepDownTitle: 'Stop being an owner?',
  stepDownWhy: 'Only another owner can make you one again. Open invitations that you created are withdrawn.',
  stepDown: 'Stop being an owner',
  invitations: 'Invitations',
  invitationsWhy:
    'An invitation is a link for one person. It works once and expires after seven days. No e-mail is sent: pass the link on yourself.',
  invite: 'Invite somebody',
  makeLink: 'Create a link',
  link: 'Invitation link',
  linkFor: (role: Role) => `Whoever opens this link becomes ${one[role]}`,
  linkOnce: 'Copy it now: it is not shown again.',
  linkEnds: 'It expires',
  none: 'No open invitations.',
  by: (name: string | null) => (name === null ? 'created with a key' : `created by ${name}`),
  ends: 'expires',
  withdraw: 'Withdraw',
  withdrawThis: (role: Role) => `Withdraw the invitation for ${one[role]}`,
  withdrawn: 'Invitation withdrawn.',
};
