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

// No website's context: what such a page stores is shared with other previews only for as long as they are drawn.
const partition = 'preview';

/** Pages looked at by hand, before or beside their websites; nothing of them is kept. */
export class Preview {
  readonly #options: PreviewOptions;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** @throws {Failure} as `Fetcher.fetch`; `page-gone`. */
  async look(page: { origin: Origin; target: Target }): Promise<Looked> {
    const { clock, heuristicMax, ownImage } = this.#options;
    const { head, body, redirects } = await this.#document(page);
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
  async draw(page: { origin: Origin; target: Target }, { frame }: Consumer): Promise<Rendering> {
    const { head, body } = await this.#document(page);
    const tags = readPageTags(body, charsetOf(head.headers, body));
    const fetched = { url: head.url, status: head.status, headers: head.headers, body };
    return this.#options.renderer.render({ document: prepareDocument(fetched, frame, wishesOf(tags)), partition });
  }

  async #document(page: { origin: Origin; target: Target }): Promise<Fetched & { kind: 'document' }> {
    const { fetcher, software } = this.#options;
    const headers = { 'user-agent': software };
    const fetched = await fetcher.fetch({ ...page, headers, bypassCaches: false, redirectHosts: [] });
    if (fetched.kind === 'document') return fetched;
    throw new Failure('page-gone', `The page answers ${fetched.head.status}.`);
  }
}
