import type { Target } from '../../model/website.ts';

// Past so many, one of the whole website stands in their place: too much is then worth nothing, never too little.
const mostPrefixes = 100;

/**
 * The purges of one website that this process has heard of, but for those of single pages. What began before one that
 * covers it is worth nothing.
 */
export class WebsitePurges {
  /** The version of the newest purge of the whole website; 0 without one. */
  #all = 0;
  #prefixes: Array<{ readonly prefix: string; readonly version: number }> = [];

  purge(version: number): void {
    this.#all = Math.max(this.#all, version);
    this.#prefixes = this.#prefixes.filter((purge) => purge.version > version);
  }

  purgePrefix(prefix: string, version: number): void {
    this.#prefixes = [...this.#prefixes.filter((purge) => purge.prefix !== prefix), { prefix, version }];
    if (this.#prefixes.length > mostPrefixes) this.purge(version);
  }

  /** Whether one that covers the page is newer than `version`. */
  coversSince(target: Target, version: number): boolean {
    return (
      this.#all > version || this.#prefixes.some((purge) => purge.version > version && target.startsWith(purge.prefix))
    );
  }
}
