import {
  IconBrandAstro,
  IconBrandDjango,
  IconBrandHtml5,
  IconBrandLaravel,
  IconBrandNextjs,
  IconBrandNuxt,
  IconBrandSvelte,
  IconBrandWordpress,
  IconDiamond,
  IconHexagonLetterH,
} from '@tabler/icons-react';
import type { FrameworkId } from '../../../server/src/model/frameworks.ts';

const icons = {
  html: IconBrandHtml5,
  django: IconBrandDjango,
  rails: IconDiamond,
  nextjs: IconBrandNextjs,
  nuxt: IconBrandNuxt,
  sveltekit: IconBrandSvelte,
  astro: IconBrandAstro,
  laravel: IconBrandLaravel,
  wordpress: IconBrandWordpress,
  hugo: IconHexagonLetterH,
} as const satisfies Record<FrameworkId, unknown>;

export function FrameworkIcon({ id }: { id: FrameworkId }) {
  const Icon = icons[id];
  return <Icon size={18} stroke={1.6} aria-hidden />;
}
