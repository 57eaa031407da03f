import type { en } from '../../../text/en.ts';

/** Something to copy: what it is for stands in the texts under its id. */
export interface Snippet {
  readonly id: keyof (typeof en)['install']['steps'];
  /** Where it goes. */
  readonly file: string;
  /** Both without a slash at the end. @param origin of the website. */
  readonly code: (connectionUrl: string, origin: string) => string;
}

/** How a framework says it. */
export interface Framework {
  readonly id: 'html' | 'django' | 'rails' | 'nextjs' | 'astro' | 'laravel' | 'wordpress' | 'hugo';
  readonly name: string;
  /** Puts the tags into pages. */
  readonly tags: readonly Snippet[];
  /** Says how long a page, and so its card, is good. */
  readonly freshness: readonly Snippet[];
}
