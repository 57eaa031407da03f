const number = new Intl.NumberFormat('en');

export const settings = {
  title: 'Settings',
  readOnly: 'You may look at the settings of this website; editors and owners change them.',
  save: 'Save changes',
  discard: 'Discard',
  unsaved: 'There are changes that are not saved.',
  saved: 'The settings are saved.',
  asByDefault: 'default',
  byDefault: (what: string) => `Default: ${what}.`,
  whole: (unit: string) => `A whole number of ${unit}.`,
  between: (least: number, most: number, unit: string) =>
    `From ${number.format(least)} to ${number.format(most)} ${unit}.`,
  equals: (span: string) => `= ${span}`,
  units: { seconds: 'seconds', milliseconds: 'milliseconds', pixels: 'pixels', cards: 'cards a minute' },
  groups: {
    freshness: 'Freshness',
    freshnessWhy: 'What your pages say for themselves, in headers or tags, always comes first.',
    drawing: 'Drawing',
    addresses: 'Addresses',
    fallback: 'Fallback picture',
    danger: 'Danger zone',
  },
  defaultMaxAge: 'Default lifetime',
  defaultMaxAgeWhy: 'For pages that say nothing of how long they are good: so long their cards are kept.',
  defaultMaxAgeDefault:
    'none; such pages are asked for every request, and drawn again where they cannot say that they are unchanged',
  equalDocuments: 'An equal page is an equal card',
  equalDocumentsWhy:
    'A page that came back byte for byte as it was drawn is not drawn again. Leave it off where images or styles change behind the same page.',
  patience: 'Patience',
  patienceWhy:
    'When a card is being renewed and that takes longer, the old one is sent and the new one is ready for the next.',
  patienceDefault: 'as the service is set, 2,500 unless it says otherwise',
  recheckInterval: 'Recheck interval',
  recheckIntervalWhy: 'How often a page with og:plus:cache:etag is looked at again while its card is still good.',
  recheckIntervalDefault: 'as the service is set, 60 unless it says otherwise',
  viewportWidth: 'Viewport width',
  viewportWidthWhy:
    'Pages are laid out this wide before they are drawn; pictures stay as large as each network wants them. A page may say another with og:plus:viewport:width.',
  viewportWidthDefault: "as wide as the network's picture",
  viewportWidthChange: 'Kept cards are drawn again when this changes.',
  rendersPerMinute: 'New cards a minute',
  rendersPerMinuteWhy:
    'More than that get an answer of 429 until the minute is over. Cards that are kept do not count.',
  rendersPerMinuteDefault: 'as the service is set, 600 unless it says otherwise; never more than it allows',
  oneCard: 'One card for all networks',
  oneCardWhy:
    'Every network gets the same picture: the generic size, in a format and weight that each of them takes. A CDN in front of the service then keeps one copy. Kept cards are drawn again when this changes.',
  ignoredParameters: 'Ignored query parameters',
  ignoredParametersWhy:
    'Left out of page addresses, so that a shared link with a campaign in it is the same card. Names with commas between; utm_* stands for all that begin so; "none" keeps every parameter.',
  ignoredParametersDefault: 'utm_*, fbclid, gclid and the like',
  ownHost: 'Host name of your own',
  ownHostWhy: (connection: string) =>
    `Stands for ${connection}, which goes on working. Point its DNS at this service first, with a certificate.`,
  ownHostProven: (host: string) => `${host} is proven: it serves this website's cards.`,
  ownHostUnproven: (host: string) =>
    `${host} is not proven yet, and serves nothing. Add one of these DNS records; it is looked for every few minutes.`,
  ownHostDefault: 'none',
  ownHostWrong: 'A host name, such as cards.example.com.',
  redirectHosts: 'Redirects may lead to',
  redirectHostsWhy:
    "Hosts beside the website's own that its pages may redirect to, such as www.example.com or *.example.com. Enter adds one.",
  redirectHostsDefault: 'none; a redirect elsewhere is an error',
  redirectHostsMost: 'Fifty hosts at most.',
  fetchToken: 'Say who asks',
  fetchTokenWhy:
    'Requests to the website carry a token that only you know, in the field OGPlus-Token, so that a firewall can let them through. The command npx ogplus site settings prints it.',
  off: 'off',
  fallback: {
    why: 'Sent in place of an error, when a page fails and there is no older card of it. Without one, networks get the error.',
    how: 'Drop a picture here, or choose a file',
    limits: 'PNG, JPEG or WebP, 20 MB at most. It is cut to 1200 × 630, the shape of a card.',
    choose: 'Choose a picture',
    replace: 'Replace it',
    remove: 'Remove it',
    alt: 'The fallback picture of this website',
    none: 'There is none.',
    wrongType: 'This is no PNG, JPEG or WebP.',
    tooLarge: 'The picture is larger than 20 MB.',
    set: 'The fallback picture is set.',
    removed: 'The fallback picture is removed: errors are sent as errors.',
  },
  danger: {
    purge: 'Purge all cards',
    purgeWhy:
      'Forgets every picture of this website at once. Each page is fetched and drawn again when its card is next asked for.',
    purgeTitle: (host: string) => `Purge all cards of ${host}?`,
    purgeConfirm: (host: string) =>
      `Every card of ${host} is forgotten now. The website will be asked for each page again, as crawlers come.`,
    purged: 'All cards are purged.',
    remove: 'Remove the website',
    removeWhy:
      'Removes it with its keys, members, cards and figures. Tags that are out there lead nowhere from then on.',
    removeTitle: (host: string) => `Remove ${host}?`,
    removeConfirm:
      'Its connection address stops working at once and is not given to anybody again. This cannot be undone.',
    removed: (host: string) => `${host} is removed.`,
  },
};
