import { cachingFault } from '../../freshness/advice.ts';
import { explain } from '../../freshness/explain.ts';
import { judgedFields } from '../../http-syntax/judged-fields.ts';
import type { StoredResponse } from '../../model/card.ts';
import type { Explanation } from '../../model/decision.ts';
import type { CachingFault } from '../../model/fault.ts';
import type { EpochMs, Seconds } from '../../model/units.ts';
import type { Website } from '../../model/website.ts';
import type { Fetched } from '../../origin/fetch.ts';
import { pageTags } from '../../origin/tags.ts';
import { parsePageUrl } from '../../websites/parse.ts';
import { assessPage } from '../assess-page.ts';
import type { ReadImage } from './named-image.ts';
import type { PageAddress } from './page-check.ts';
import { type PageFacts, pageFacts, shownTags } from './page-facts.ts';

/** A page inspected on request: its tags and how it is judged. */
export interface Looked extends StoredResponse {
  readonly facts: PageFacts;
  readonly explanation: Explanation;
  readonly cachingFault: CachingFault | null;
}

export interface LookOptions {
  /** The website it belongs to; its settings apply. */
  readonly website: Website | undefined;
  readonly heuristicMax: Seconds;
  readonly now: EpochMs;
  readonly readImage: ReadImage;
}

/**
 * Inspects a fetched page: the same for the command line, the API and the dashboard.
 * @param asked the address that was requested.
 */
export async function lookAt(asked: PageAddress, fetched: Fetched, options: LookOptions): Promise<Looked> {
  const { website, heuristicMax, now, readImage } = options;
  const { head, redirects } = fetched;
  const read = fetched.kind === 'document' ? fetched.reading : { metaTags: [], title: null };
  const tags = pageTags(read.metaTags);
  const policy = assessPage(head, redirects, {
    maxAgeTag: tags.maxAge,
    defaultMaxAge: website?.settings.defaultMaxAge ?? null,
    heuristicMax,
    requestHeaders: {},
  });
  const stored = { head: { ...head, headers: judgedFields(head.headers) }, policy, versionTag: tags.etag ?? null };
  const seen = [asked, ...[...redirects, head].map(({ url }) => parsePageUrl(url))] as const;
  const facts = await pageFacts(shownTags(read), seen, readImage);
  return { ...stored, facts, explanation: explain(stored, now), cachingFault: cachingFault(stored, now) };
}
