export const keys = {
  title: 'Keys',
  lead: 'For programs that speak for this website. Several can be good at a time, so that one can take the place of another.',
  create: 'Make a key',
  notForViewers: 'Keys are for owners and editors of this website.',
  good: 'Good',
  goodNone: 'There is no good key. Connection addresses need none; the API does.',
  revokedTitle: 'Revoked',
  made: 'made',
  revokedOn: 'revoked',
  newest: 'newest',
  revoke: 'Revoke',
  revokeThis: (start: string) => `Revoke ${start}`,
  revokeTitle: 'Revoke this key?',
  revokeWhy:
    'At once and for ever: programs that use it are refused, image addresses that name or were signed with it stop working, and networks that ask again get an error. Connection addresses are not touched.',
  revokeLast: 'It is the only good key of this website.',
  revoked: 'The key is good for nothing now.',
};
