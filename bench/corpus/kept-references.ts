import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf } from '../processes.ts';
import type { CorpusOrigin } from './origin.ts';
import type { CorpusPage } from './page.ts';
import type { PlainBrowser } from './plain-browser.ts';
import { drawAtRest } from './reference.ts';

/** What a visitor's browser showed of a page, and asked for. */
export interface KeptReference {
  readonly picture: Buffer;
  readonly rested: boolean;
  readonly heard: readonly string[];
}

/** What makes a reference what it is, beside its page. Packages have exact versions: who changes one says `--fresh`. */
const rules = ['reference.ts', 'plain-browser.ts', 'shared-routes.ts'];

/** References take ten seconds each, so they are kept from run to run: until page, browser or rules change. */
export class References {
  readonly #folder: string;
  readonly #plain: PlainBrowser;
  readonly #isFresh: boolean;
  readonly #rules: string;

  /** @param isFresh draws all of them anew. */
  constructor(folder: string, plain: PlainBrowser, isFresh: boolean) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#plain = plain;
    this.#isFresh = isFresh;
    this.#rules = rules.map((file) => readFileSync(pathOf(`./corpus/${file}`), 'utf8')).join('');
  }

  async of(page: CorpusPage, origin: CorpusOrigin): Promise<KeptReference> {
    const file = join(this.#folder, `${page.name}-${this.#keyOf(page)}`);
    if (!this.#isFresh && existsSync(`${file}.json`)) {
      const { rested, heard } = JSON.parse(readFileSync(`${file}.json`, 'utf8'));
      return { picture: readFileSync(`${file}.png`), rested, heard };
    }
    const stop = origin.listen(page);
    const { picture, rested } = await drawAtRest(this.#plain.browser, origin.urlOf(page), languageOf(page)).finally(
      stop,
    );
    const heard = stop();
    writeFileSync(`${file}.png`, picture);
    writeFileSync(`${file}.json`, JSON.stringify({ rested, heard }));
    return { picture, rested, heard };
  }

  #keyOf({ site, ...page }: CorpusPage): string {
    const { differs, empty, rest, ...drawn } = page;
    const facts = [drawn, this.#plain.name, this.#rules, site && stateOf(site.folder)];
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
  }
}

/** What the page says that it is in. */
function languageOf({ html }: CorpusPage): string {
  return /<html[^>]*\slang="([^"]+)"/.exec(html.toString())?.[1] ?? 'en-US';
}

/** Names and sizes of what a website was built into. */
function stateOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((file) => `${file} ${statSync(join(folder, file)).size}`);
}
