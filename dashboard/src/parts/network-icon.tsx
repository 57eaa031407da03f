import {
  IconAt,
  IconBrandApple,
  IconBrandBluesky,
  IconBrandDiscord,
  IconBrandFacebook,
  IconBrandGoogle,
  IconBrandKakaoTalk,
  IconBrandLine,
  IconBrandLinkedin,
  IconBrandMastodon,
  IconBrandPinterest,
  IconBrandReddit,
  IconBrandSlack,
  IconBrandTeams,
  IconBrandTelegram,
  IconBrandThreads,
  IconBrandVk,
  IconBrandWhatsapp,
  IconBrandX,
  IconWorld,
} from '@tabler/icons-react';
import classes from './network-icon.module.css';

const icons: Readonly<Record<string, typeof IconAt>> = {
  generic: IconWorld,
  apple: IconBrandApple,
  bluesky: IconBrandBluesky,
  discord: IconBrandDiscord,
  facebook: IconBrandFacebook,
  google: IconBrandGoogle,
  kakaotalk: IconBrandKakaoTalk,
  line: IconBrandLine,
  linkedin: IconBrandLinkedin,
  mastodon: IconBrandMastodon,
  pinterest: IconBrandPinterest,
  reddit: IconBrandReddit,
  slack: IconBrandSlack,
  teams: IconBrandTeams,
  telegram: IconBrandTelegram,
  threads: IconBrandThreads,
  twitter: IconBrandX,
  vk: IconBrandVk,
  whatsapp: IconBrandWhatsapp,
};

/** A consumer's sign, beside its name and never in place of it. */
export function NetworkIcon({ consumer, size = 18 }: { consumer: string; size?: number }) {
  const Icon = icons[consumer] ?? IconAt;
  return <Icon size={size} stroke={1.6} aria-hidden className={classes['icon']} />;
}
