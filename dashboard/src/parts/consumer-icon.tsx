import {
  type Icon,
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
  IconBrandVk,
  IconBrandWhatsapp,
  IconBrandX,
  IconWorld,
} from '@tabler/icons-react';

const icons = new Map<string, Icon>([
  ['apple', IconBrandApple],
  ['bluesky', IconBrandBluesky],
  ['discord', IconBrandDiscord],
  ['facebook', IconBrandFacebook],
  ['google', IconBrandGoogle],
  ['kakaotalk', IconBrandKakaoTalk],
  ['line', IconBrandLine],
  ['linkedin', IconBrandLinkedin],
  ['mastodon', IconBrandMastodon],
  ['pinterest', IconBrandPinterest],
  ['reddit', IconBrandReddit],
  ['slack', IconBrandSlack],
  ['teams', IconBrandTeams],
  ['telegram', IconBrandTelegram],
  ['twitter', IconBrandX],
  ['vk', IconBrandVk],
  ['whatsapp', IconBrandWhatsapp],
]);

/** The mark of a network, for the eye alone: its name stands beside it or is its label. */
export function ConsumerIcon({ name, size = 18 }: { name: string; size?: number }) {
  const Mark = icons.get(name) ?? IconWorld;
  return <Mark size={size} stroke={1.6} aria-hidden />;
}
