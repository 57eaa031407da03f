import { Failure } from '../errors.ts';
import { type Explanation, explain } from '../freshness/explain.ts';
import { charsetOf } from '../origin/charset.ts';
import type { Fetched, Fetcher } from '../origin/fetch.ts';
import { readMetaTags, readPageTags } from '../origin/tags.ts';
import { prepareDocument } from '../render/prepare-document.ts';
import type { Renderer, Rendering } from '../render/renderer.ts';
import type { Clock, Seconds } from '../units.ts';
import type { Origin, Target } from '../websites/website.ts';
import { assessPage } from './assess-page.ts';
import type { Consumer } from './consumers.ts';
import type { OwnImage } from './page-check.ts';
import { type PageFacts, pageFacts, shownTags } from './page-facts.ts';
import { Rate } from './rate.ts';
import { wishesOf } from './wishes.ts';

export interface PreviewOptions {
  readonly fetcher: Fetcher;
  readonly renderer: Renderer;
  readonly clock: Clock;
  readonly software: string;
  readonly heuristicMax: Seconds;
  readonly ownImage: OwnImage;
}

/** A page that was looked at, of whatever website. */
export interface Looked {
  /** Where it came from in the end. */
  readonly url: string;
  readonly status: number;
  readonly facts: PageFacts;
  readonly explanation: Explanation;
}

// By hand, a person looks at a few pages a minute.
const perMinute = 30;

/** Pages looked at by hand, before or beside their websites; nothing of them is kept. */
export class Preview {
  readonly #options: PreviewOptions;
  readonly #rate = new Rate(perMinute);

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /**
   * @param caller who looks: has so many looks a minute.
   * @throws {Failure} as `Fetcher.fetch`; `page-gone`; `too-many-requests`.
   */
  async look(page: { origin: Origin; target: Target }, caller: string): Promise<Looked> {
    const { clock, heuristicMax, ownImage } = this.#options;
    const { head, body, redirects } = await this.#document(page, caller);
    const charset = charsetOf(head.headers, body);
    const policy = assessPage(head, redirects, {
      maxAgeTag: readPageTags(body, charset).maxAge,
      defaultMaxAge: null,
      heuristicMax,
      requestHeaders: {},
    });
    return {
      url: head.url,
      status: head.status,
      facts: pageFacts(shownTags(readMetaTags(body, charset)), page.target, ownImage),
      explanation: explain(policy, clock.now()),
    };
  }

  /** The card as the consumer would get it. @throws {Failure} as `look`, and as `Renderer.render`. */
  async draw(page: { origin: Origin; target: Target }, { frame }: Consumer, caller: string): Promise<Rendering> {
    const { head, body } = await this.#document(page, caller);
    const tags = readPageTags(body, charsetOf(head.headers, body));
    const fetched = { url: head.url, status: head.status, headers: head.headers, body };
    // A context for each origin, as websites have one: nothing of one page is within another's reach.
    const partition = `preview of ${page.origin}`;
    return this.#options.renderer.render({ document: prepareDocument(fetched, frame, wishesOf(tags)), partition });
  }

  async #document(page: { origin: Origin; target: Target }, caller: string): Promise<Fetched & { kind: 'document' }> {
    const { fetcher, software, clock } = this.#options;
    const wait = this.#rate.take(caller, clock.now());
    if (wait > 0) {
      const facts = { retryAfter: Math.ceil(wait / 1000), policy: 'preview', quota: perMinute, window: 60 };
      throw new Failure('too-many-requests', `More pages are looked at than ${perMinute} a minute.`, facts);
    }
    const headers = { 'user-agent': software };
    const fetched = await fetcher.fetch({ ...page, headers, bypassCaches: false, redirectHosts: [] });
    if (fetched.kind === 'document') return fetched;
    throw new Failure('page-gone', `The page answers ${fetched.head.status}.`);
  }
}
