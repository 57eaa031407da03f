import { Parser } from 'htmlparser2';
import { Problem } from '../../model/problem.ts';

/** An address in a sitemap: of a page, or of a further sitemap. */
export interface SitemapEntry {
  readonly kind: 'page' | 'sitemap';
  readonly address: string;
}

// sitemaps.org allows 2,048 characters; the longest page address that we answer is this long.
const longestAddress = 8192;

/**
 * Reads a sitemap as it arrives (sitemaps.org/protocol.html): `<urlset>`, `<sitemapindex>`, or a text file with an address
 * on each line. It keeps one address at a time, and expands no entities but XML's own.
 */
export class SitemapParser {
  readonly #onEntry: (entry: SitemapEntry) => void;
  readonly #xml: Parser;
  #kind: 'unknown' | 'xml' | 'text' = 'unknown';
  #isSitemap = false;
  /** Names of the elements around the current text. */
  readonly #open: string[] = [];
  #text = '';

  constructor(onEntry: (entry: SitemapEntry) => void) {
    this.#onEntry = onEntry;
    this.#xml = new Parser(
      {
        onopentagname: (name) => this.#opened(localName(name)),
        ontext: (text) => this.#add(text),
        onclosetag: () => this.#closed(),
      },
      { xmlMode: true },
    );
  }

  /** Whether what was read so far is a sitemap. */
  get isSitemap(): boolean {
    return this.#isSitemap;
  }

  write(text: string): void {
    if (this.#kind === 'unknown') {
      const start = text
        .trimStart()
        .replace(/^\uFEFF/, '')
        .trimStart();
      if (start === '') return;
      this.#kind = start.startsWith('<') ? 'xml' : 'text';
    }
    if (this.#kind === 'xml') this.#xml.write(text);
    else this.#addLines(text);
  }

  end(): void {
    if (this.#kind === 'xml') this.#xml.end();
    else if (this.#kind === 'text') this.#addLines('\n');
  }

  #opened(name: string): void {
    if (this.#open.length >= deepest) throw new Problem('page-unsuitable', 'It is not a sitemap.');
    this.#open.push(name);
    if (name === 'urlset' || name === 'sitemapindex') this.#isSitemap = true;
    if (name === 'loc') this.#text = '';
  }

  #add(text: string): void {
    if (this.#open.at(-1) === 'loc' && this.#text.length <= longestAddress) this.#text += text;
  }

  #closed(): void {
    const name = this.#open.pop();
    const parent = this.#open.at(-1);
    // `<image:loc>` and others lie deeper.
    if (name !== 'loc' || (parent !== 'url' && parent !== 'sitemap')) return;
    this.#entry(parent === 'url' ? 'page' : 'sitemap', this.#text);
  }

  #addLines(text: string): void {
    const lines = (this.#text + text).split(/[\r\n]+/);
    this.#text = (lines.pop() ?? '').slice(0, longestAddress + 1);
    for (const line of lines) {
      if (/^https?:\/\//.test(line.trim())) this.#isSitemap = true;
      this.#entry('page', line);
    }
  }

  #entry(kind: SitemapEntry['kind'], text: string): void {
    const address = text.trim();
    if (address !== '' && address.length <= longestAddress) this.#onEntry({ kind, address });
  }
}

// Sitemaps are four elements deep; extensions a few more.
const deepest = 100;

/** `loc` of `sm:loc`. The `loc` of `image:loc` has another parent. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
