import type { FunctionComponent } from 'react';
import {
  type NetworkFrame,
  type NetworkName,
  networkFrames,
} from '../../../../../server/src/model/networks/network-frames.ts';
import { Discord } from './chats/discord.tsx';
import { IMessage } from './chats/imessage.tsx';
import { Slack } from './chats/slack.tsx';
import { Teams } from './chats/teams.tsx';
import { Telegram } from './chats/telegram.tsx';
import { WhatsApp } from './chats/whatsapp.tsx';
import { Bluesky } from './feeds/bluesky.tsx';
import { Facebook } from './feeds/facebook.tsx';
import { LinkedIn } from './feeds/linkedin.tsx';
import { Mastodon } from './feeds/mastodon.tsx';
import { Pinterest } from './feeds/pinterest.tsx';
import { Reddit } from './feeds/reddit.tsx';
import { Threads } from './feeds/threads.tsx';
import { X } from './feeds/x.tsx';
import type { PreviewProps } from './preview.ts';

const previews: Readonly<Record<NetworkName, FunctionComponent<PreviewProps>>> = {
  twitter: X,
  facebook: Facebook,
  linkedin: LinkedIn,
  threads: Threads,
  bluesky: Bluesky,
  mastodon: Mastodon,
  reddit: Reddit,
  pinterest: Pinterest,
  slack: Slack,
  teams: Teams,
  discord: Discord,
  whatsapp: WhatsApp,
  telegram: Telegram,
  apple: IMessage,
};

export interface Network {
  readonly frame: NetworkFrame;
  readonly Preview: FunctionComponent<PreviewProps>;
}

export const networks: readonly Network[] = networkFrames.map((frame) => ({ frame, Preview: previews[frame.name] }));
