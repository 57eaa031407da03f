import type { Role } from '../../api/types.ts';

/** As one says it of somebody. */
const one: Readonly<Record<Role, string>> = { owner: 'an owner', editor: 'an editor', viewer: 'a viewer' };
const owners = 'It needs one: make another member an owner first.';

export const members = {
  title: 'Members',
  lead: 'Who may see this website here, and do what with it.',
  list: 'Members',
  you: 'you',
  role: 'Role',
  roleOf: (name: string) => `Role of ${name}`,
  roleWhy: {
    owner: 'Everything: members, keys, removal',
    editor: 'Settings, purges, drawings',
    viewer: 'Looks, and changes nothing',
  },
  roleWhyYou: {
    owner: 'You may do everything with it.',
    editor: 'You may change settings, purge cards and have them drawn.',
    viewer: 'You may look at everything, and change nothing.',
  },
  changed: (name: string, role: Role) => `${name} is ${one[role]} now.`,
  remove: 'Remove',
  removeWho: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWhy: (host: string) => `They will see nothing of ${host} any more. You can invite them again.`,
  removed: (name: string) => `${name} is no member any more.`,
  leave: 'Leave',
  leaveTitle: (host: string) => `Leave ${host}?`,
  leaveWhy: 'You will see nothing of it any more, unless an owner invites you again.',
  lastOwner: `You are its only owner. ${owners}`,
  stepDownTitle: 'Give up owning it?',
  stepDownWhy: 'You cannot take it back; another owner can give it to you.',
  stepDown: 'Give it up',
  invitations: 'Invitations',
  invitationsWhy:
    'A link makes whoever opens it first a member. It is good once, for seven days. No mail is sent: hand it over yourself.',
  invite: 'Invite somebody',
  makeLink: 'Make a link',
  link: 'Invitation link',
  linkFor: (role: Role) => `Makes one person ${one[role]}`,
  linkOnce: 'It is shown now and never again.',
  linkEnds: 'It ends',
  none: 'No invitation is open.',
  by: (name: string | null) => (name === null ? 'made with a key' : `by ${name}`),
  ends: 'ends',
  withdraw: 'Withdraw',
  withdrawThis: (role: Role) => `Withdraw the invitation to be ${one[role]}`,
  withdrawn: 'The link is not good any more.',
};
