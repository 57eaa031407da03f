export const keys = {
  title: 'Keys',
  lead: 'For programs that manage this website or sign image addresses. Several keys can be active at once, so you can replace one without downtime.',
  create: 'Create a key',
  notForViewers: 'Only owners and editors can see the keys of this website.',
  good: 'Active',
  goodNone: 'There is no active key. Connection addresses work without one; the API needs one.',
  revokedTitle: 'Revoked',
  made: 'created',
  revokedOn: 'revoked',
  newest: 'newest',
  revoke: 'Revoke',
  revokeThis: (start: string) => `Revoke ${start}`,
  revokeTitle: 'Revoke this key?',
  revokeWhy:
    'Programs that use it lose access immediately, and image addresses that contain it or were signed with it stop working. This cannot be undone. Connection addresses keep working.',
  revokeLast: 'It is the only active key of this website.',
  revoked: 'Key revoked.',
};
