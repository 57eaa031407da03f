import {
  IconBrandAstro,
  IconBrandDjango,
  IconBrandHtml5,
  IconBrandLaravel,
  IconBrandNextjs,
  IconBrandWordpress,
  IconDiamond,
  IconHexagonLetterH,
} from '@tabler/icons-react';

const icons = {
  html: IconBrandHtml5,
  django: IconBrandDjango,
  rails: IconDiamond,
  nextjs: IconBrandNextjs,
  astro: IconBrandAstro,
  laravel: IconBrandLaravel,
  wordpress: IconBrandWordpress,
  hugo: IconHexagonLetterH,
} as const;

export function FrameworkIcon({ id }: { id: keyof typeof icons }) {
  const Icon = icons[id];
  return <Icon size={18} stroke={1.6} aria-hidden />;
}
