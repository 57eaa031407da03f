import type { FrameworkId } from '../model/frameworks.ts';

/** Where the code goes, and the code; it ends with a line break. */
export interface Code {
  readonly file: string;
  readonly code: string;
}

/** The website that it is for. Neither address has a slash at its end. */
export interface Site {
  readonly connectionUrl: string;
  readonly origin: string;
}

/** A page and what it says of itself. */
export interface PageWords extends Site {
  /** Path and query. */
  readonly target: string;
  readonly title: string;
  readonly description: string | null;
  /** og:type; `website` where it is not said. */
  readonly type?: string | undefined;
  readonly siteName?: string | undefined;
  readonly options?: PageOptions | undefined;
}

/** Of our own tags. */
export interface PageOptions {
  /** Seconds. */
  readonly maxAge?: number;
  /** CSS pixels. */
  readonly viewportWidth?: number;
  /** Seconds. */
  readonly delay?: number;
  /** A value that changes with the page, as code of the framework would read it. */
  readonly isVersioned?: boolean;
}

export type TagName =
  | 'og:title'
  | 'og:description'
  | 'og:image'
  | 'og:url'
  | 'og:type'
  | 'twitter:card'
  | 'og:plus:cache:max_age'
  | 'og:plus:cache:etag'
  | 'og:plus:viewport:width'
  | 'og:plus:delay';

/** Something to copy when a website begins; `id` says what it is for. */
export interface Snippet {
  readonly id: string;
  readonly file: string;
  readonly code: (site: Site) => string;
}

/** How a framework says it. */
export interface Framework {
  readonly id: FrameworkId;
  /** Puts the tags into all pages. */
  readonly tags: readonly Snippet[];
  /** Says how long a page, and so its card, is good. */
  readonly freshness: readonly Snippet[];
  /** One page's own words. What is the same for all pages, `tags` says. */
  readonly page: (words: PageWords) => readonly Code[];
  /** Where the tag is written. */
  readonly line: (tag: TagName, words: PageWords) => Code;
}

/** What a snippet is for this website. */
export function codeOf({ file, code }: Snippet, site: Site): Code {
  return { file, code: code(site) };
}
