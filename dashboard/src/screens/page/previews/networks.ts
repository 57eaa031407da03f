import type { FunctionComponent } from 'react';
import { text } from '../../../text/text.ts';
import { Bluesky } from './bluesky.tsx';
import { Discord } from './discord.tsx';
import { Facebook } from './facebook.tsx';
import { IMessage } from './imessage.tsx';
import { LinkedIn } from './linkedin.tsx';
import type { Preview, Reader } from './preview.ts';
import { Slack } from './slack.tsx';
import { Telegram } from './telegram.tsx';
import { WhatsApp } from './whatsapp.tsx';
import { X } from './x.tsx';

export interface Network {
  /** The consumer whose picture it shows. */
  readonly consumer: keyof typeof text.networks.labels;
  readonly label: string;
  readonly Preview: FunctionComponent<{ preview: Preview }>;
  /** Where it reads a page in another way than most. */
  readonly read: Reader;
}

const asMost: Reader = (read) => read;

/** X prefers its own tags (X: "About Cards"). */
const asX: Reader = (read, tag) => ({
  ...read,
  title: tag('twitter:title') ?? read.title,
  description: tag('twitter:description') ?? read.description,
});

/** LinkedIn reads no tag of X's. */
const asLinkedIn: Reader = (read, tag) => ({
  ...read,
  title: tag('og:title') ?? tag('<title>') ?? read.domain,
  description: tag('og:description') ?? tag('description'),
});

/** In the order of the gallery: feeds first, then conversations. */
export const networks: readonly Network[] = (
  [
    ['twitter', X, asX],
    ['facebook', Facebook, asMost],
    ['linkedin', LinkedIn, asLinkedIn],
    ['slack', Slack, asMost],
    ['discord', Discord, asMost],
    ['whatsapp', WhatsApp, asMost],
    ['telegram', Telegram, asMost],
    ['apple', IMessage, asMost],
    ['bluesky', Bluesky, asMost],
  ] as const
).map(([consumer, Preview, read]) => ({ consumer, label: text.networks.labels[consumer], Preview, read }));
