import { type FrameworkId, frameworkIds } from '../model/frameworks.ts';
import { astro } from './frameworks/astro.ts';
import { django } from './frameworks/django.ts';
import { html } from './frameworks/html.ts';
import { hugo } from './frameworks/hugo.ts';
import { laravel } from './frameworks/laravel.ts';
import { nextjs } from './frameworks/nextjs.ts';
import { nuxt } from './frameworks/nuxt.ts';
import { rails } from './frameworks/rails.ts';
import { sveltekit } from './frameworks/sveltekit.ts';
import { wordpress } from './frameworks/wordpress.ts';
import type { Framework } from './snippet.ts';

const byId: Readonly<Record<FrameworkId, Framework>> = {
  html,
  nextjs,
  nuxt,
  sveltekit,
  astro,
  django,
  rails,
  laravel,
  wordpress,
  hugo,
};

export const frameworks: readonly Framework[] = frameworkIds.map((id) => byId[id]);

/** The one that was asked for, or plain HTML, which all of them send. */
export function frameworkOf(id: string | null): Framework {
  return frameworks.find((one) => one.id === id) ?? html;
}
