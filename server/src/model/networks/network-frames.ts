/** Where a network cuts a text; null: it does not. */
export interface Cut {
  /** At the usual width of the frame. */
  readonly lines: number | null;
  readonly characters: number | null;
}

/** How a network shows a link. Lengths are CSS pixels. */
export interface NetworkFrame {
  readonly name: string;
  /** As people know it. */
  readonly label: string;
  /** Whose card its crawler gets, a consumer of `consumers.json`. */
  readonly consumer: string;
  /** Which tags it takes first for title and description. */
  readonly reads: 'og' | 'twitter' | 'og alone';
  readonly picture: {
    /** Width by height that it is cropped to; null: its own shape. */
    readonly ratio: number | null;
    /** The widest it is shown; null: as wide as the post. */
    readonly width: number | null;
    /** The least width by height that is shown; a smaller picture is left out. */
    readonly least: readonly [width: number, height: number] | null;
    /** Small, unless the page says twitter:card = summary_large_image. */
    readonly isSmallByDefault: boolean;
  };
  /** Null: it is not shown. */
  readonly title: Cut | null;
  readonly description: Cut | null;
  /** Where the figures come from; "observed": seen in its app or site, stated nowhere. */
  readonly source: string;
}

const uncut: Cut = { lines: null, characters: null };
const lines = (count: number, characters: number | null = null): Cut => ({ lines: count, characters });
const picture = (ratio: number | null, more: Partial<NetworkFrame['picture']> = {}) => ({
  ratio,
  width: null,
  least: null,
  isSmallByDefault: false,
  ...more,
});
/** The crop that a picture of 1200 × 630 fills. */
const wide = 1.91;

/** In the order in which they are shown: feeds first, then conversations. */
export const networkFrames = [
  {
    name: 'twitter',
    label: 'X',
    consumer: 'twitter',
    reads: 'twitter',
    picture: picture(wide, { isSmallByDefault: true }),
    title: lines(1, 70),
    description: lines(2, 200),
    source: 'X: "Cards Markup" (lengths, tags); the title on the picture since 2024: observed',
  },
  {
    name: 'facebook',
    label: 'Facebook',
    consumer: 'facebook',
    reads: 'og',
    picture: picture(wide, { least: [200, 200] }),
    title: lines(2),
    description: lines(1),
    source: 'Meta: "Images in Link Shares" (sizes); lines: observed',
  },
  {
    name: 'linkedin',
    label: 'LinkedIn',
    consumer: 'linkedin',
    reads: 'og alone',
    picture: picture(16 / 9, { width: 128 }),
    title: lines(2),
    description: null,
    source: 'LinkedIn Help, a1689427: a small picture since the end of 2023; 1.91:1 in sponsored posts',
  },
  {
    name: 'threads',
    label: 'Threads',
    // Meta: "Meta Web Crawlers": facebookexternalhit reads what is shared on Facebook, Instagram, Messenger and Threads.
    consumer: 'facebook',
    reads: 'og',
    picture: picture(wide),
    title: lines(2),
    description: null,
    source: 'observed',
  },
  {
    name: 'bluesky',
    label: 'Bluesky',
    consumer: 'bluesky',
    reads: 'og',
    picture: picture(wide),
    title: lines(3),
    description: lines(2),
    source: "bluesky-social/social-app: the app's ExternalEmbed",
  },
  {
    name: 'mastodon',
    label: 'Mastodon',
    consumer: 'mastodon',
    reads: 'og',
    picture: picture(wide),
    title: lines(2),
    description: lines(1),
    source:
      'mastodon/mastodon 4.3: card.jsx (1.91:1 where wider than high, else a square beside the text); lines: observed',
  },
  {
    name: 'reddit',
    label: 'Reddit',
    consumer: 'reddit',
    reads: 'og',
    picture: picture(4 / 3, { width: 184 }),
    title: lines(3, 300),
    description: null,
    source:
      'Reddit: a title has 300 characters at most, and who posts writes it; thumbnail 4:3 (Reddit Ads: image specs)',
  },
  {
    name: 'pinterest',
    label: 'Pinterest',
    consumer: 'pinterest',
    reads: 'og',
    picture: picture(null, { width: 236 }),
    title: lines(2, 40),
    description: null,
    source: 'Pinterest Help: "Pinterest product specs" (40 of 100 characters in feeds, no description; cut beyond 2:3)',
  },
  {
    name: 'slack',
    label: 'Slack',
    consumer: 'slack',
    reads: 'og',
    picture: picture(null, { width: 360 }),
    title: uncut,
    description: uncut,
    source: 'observed',
  },
  {
    name: 'teams',
    label: 'Microsoft Teams',
    consumer: 'teams',
    reads: 'og',
    picture: picture(1, { width: 96 }),
    title: lines(2),
    description: lines(2),
    source: 'observed',
  },
  {
    name: 'discord',
    label: 'Discord',
    consumer: 'discord',
    reads: 'og',
    picture: picture(null, { width: 400, isSmallByDefault: true }),
    title: uncut,
    description: uncut,
    source: 'observed',
  },
  {
    name: 'whatsapp',
    label: 'WhatsApp',
    consumer: 'whatsapp',
    reads: 'og',
    picture: picture(wide),
    title: lines(2),
    description: lines(2),
    source: 'observed',
  },
  {
    name: 'telegram',
    label: 'Telegram',
    consumer: 'telegram',
    reads: 'og',
    picture: picture(null, { isSmallByDefault: true }),
    title: uncut,
    description: lines(6),
    source: 'observed',
  },
  {
    name: 'apple',
    label: 'Apple Messages',
    consumer: 'apple',
    reads: 'og',
    picture: picture(null),
    title: lines(2),
    description: null,
    source: 'observed',
  },
] as const satisfies readonly NetworkFrame[];

export type NetworkName = (typeof networkFrames)[number]['name'];
