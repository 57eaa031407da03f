import { LRUCache } from 'lru-cache';
import type { Consumer } from '../../model/consumers.ts';
import { Problem } from '../../model/problem.ts';
import type { Clock, Seconds } from '../../model/units.ts';
import type { Origin, Target, Website } from '../../model/website.ts';
import type { Fetched, Fetcher } from '../../origin/fetch.ts';
import { pageTags } from '../../origin/tags.ts';
import { prepareDocument } from '../../render/document/prepare-document.ts';
import type { Renderer, Rendering } from '../../render/renderer.ts';
import { tokenFor } from '../fetch-token.ts';
import { takeOne } from '../limits/quota-used-up.ts';
import { Rate } from '../limits/rate.ts';
import { renderOptionsOf } from '../render-options.ts';
import { type Looked, lookAt } from './look.ts';
import type { ReadImage } from './named-image.ts';

export interface PreviewOptions {
  readonly fetcher: Fetcher;
  readonly renderer: Renderer;
  readonly clock: Clock;
  readonly software: string;
  readonly heuristicMax: Seconds;
  readonly fetchTokenOf: (website: Website) => string;
  readonly readImage: ReadImage;
}

type Page = { readonly origin: Origin; readonly target: Target };
type PageFetched = Fetched & { readonly kind: 'document' };

// A person looks at a few pages a minute, each as some ten networks show it.
const looksPerMinute = 30;
const rendersPerMinute = 240;

// A minute: the time between two looks at the same page. A few documents of the usual size fit.
const rememberedMs = 60_000;
const mostBytes = 20_000_000;

/** Pages inspected on request, whether or not they belong to a website. Nothing is stored; memory keeps them for a minute. */
export class Preview {
  readonly #options: PreviewOptions;
  readonly #looks = new Rate(looksPerMinute);
  readonly #renders = new Rate(rendersPerMinute);
  /** Keyed by caller, so that nobody is shown what another caller fetched. */
  readonly #looked = new LRUCache<string, PageFetched>({
    maxSize: mostBytes,
    sizeCalculation: ({ body }) => body.length + 4096,
  });

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /**
   * @param caller who looks; limited in looks per minute.
   * @param website it belongs to; its settings apply.
   * @throws {Problem} as `Fetcher.fetch`; `page-gone`; `too-many-requests`.
   */
  async look(page: Page, caller: string, website?: Website): Promise<Looked> {
    const { clock, heuristicMax, readImage } = this.#options;
    const fetched = await this.#document(page, caller, website);
    return lookAt(page, fetched, { website, heuristicMax, now: clock.now(), readImage });
  }

  /**
   * The card as the consumer would get it, from what this caller looked at in the last minute, if anything.
   * @param website as in `look`.
   * @throws {Problem} as `look` and `Renderer.render`.
   */
  async draw(page: Page, { spec }: Consumer, caller: string, website?: Website): Promise<Rendering> {
    this.#take(this.#renders, caller, 'drawn');
    const found = this.#remembered(page, caller) ?? (await this.#document(page, caller, website));
    const { head, body, charset, reading } = found;
    const options = renderOptionsOf(pageTags(reading.metaTags), website?.settings.viewportWidth);
    const fetched = { url: head.url, status: head.status, headers: head.headers, body, charset, reading };
    // One browser context per origin, as for websites: pages of different origins share nothing.
    const partition = `preview of ${page.origin}`;
    return this.#options.renderer.render({ document: prepareDocument(fetched, spec, options), partition });
  }

  async #document(page: Page, caller: string, website?: Website): Promise<PageFetched> {
    const { fetcher, software, fetchTokenOf } = this.#options;
    this.#take(this.#looks, caller, 'fetched');
    this.#looked.delete(keyOf(page, caller));
    const headers = { 'user-agent': software };
    const fetched = await fetcher.fetch({
      ...page,
      headers,
      bypassCaches: false,
      redirectHosts: website?.settings.redirectHosts ?? [],
      ...(website && tokenFor(website, page.origin, fetchTokenOf)),
    });
    if (fetched.kind !== 'document') throw new Problem('page-gone', `The page answers ${fetched.head.status}.`);
    this.#looked.set(keyOf(page, caller), fetched);
    return fetched;
  }

  #remembered(page: Page, caller: string): PageFetched | undefined {
    const fetched = this.#looked.get(keyOf(page, caller));
    const age = this.#options.clock.now() - (fetched?.head.responseTime ?? 0);
    return age >= 0 && age < rememberedMs ? fetched : undefined;
  }

  #take(rate: Rate, caller: string, done: string): void {
    const message = `At most ${rate.perMinute} pages can be ${done} per minute.`;
    takeOne(rate, caller, this.#options.clock.now(), { policy: 'preview', message });
  }
}

function keyOf({ origin, target }: Page, caller: string): string {
  return `${caller}\n${origin}${target}`;
}
