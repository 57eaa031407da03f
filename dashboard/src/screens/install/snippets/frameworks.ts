import { astro } from './astro.ts';
import { django } from './django.ts';
import { html } from './html.ts';
import { hugo } from './hugo.ts';
import { laravel } from './laravel.ts';
import { nextjs } from './nextjs.ts';
import { rails } from './rails.ts';
import type { Framework } from './snippet.ts';
import { wordpress } from './wordpress.ts';

export const frameworks: readonly Framework[] = [html, django, rails, nextjs, astro, laravel, wordpress, hugo];

/** The one that was asked for, or plain HTML, which all of them send. */
export function frameworkOf(id: string | null): Framework {
  return frameworks.find((one) => one.id === id) ?? html;
}
