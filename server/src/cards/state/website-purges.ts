import type { Target } from '../../model/website.ts';

// More prefixes than this become one purge of the whole website: that forgets too much, never too little.
const mostPrefixes = 100;

/**
 * The purges of one website that this process knows, except those of single pages. Work that began before a purge that
 * covers it is void.
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

  /** Whether a purge newer than `version` covers the page. */
  coversSince(target: Target, version: number): boolean {
    return (
      this.#all > version || this.#prefixes.some((purge) => purge.version > version && target.startsWith(purge.prefix))
    );
  }
}
