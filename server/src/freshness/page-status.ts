import type { StoredResponse } from '../model/card.ts';
import type { PageStatus, PageStatusKind } from '../model/page-status.ts';
import type { Policy } from '../model/policy.ts';
import type { EpochMs } from '../model/units.ts';
import { judge } from './judge.ts';
import { span } from './span.ts';

/** What is known of a page when it is asked what its next request will do. */
export interface PageKnowledge {
  /** The last attempt, where it gave no card; null where it worked, or was never made. */
  readonly trouble:
    | { readonly kind: 'failing' /** A sentence. */; readonly failure: string }
    | { readonly kind: 'unfinished' }
    | { readonly kind: 'gone'; readonly status: number }
    | null;
  /** The newest response from which a card is kept. */
  readonly response: StoredResponse | null;
  /** Whether a picture is kept. */
  readonly hasPicture: boolean;
  /** The directive that forbade keeping anything of the newest response. */
  readonly forbiddenBy: string | null;
  /** Whether a purge deleted everything that was kept. */
  readonly isPurged: boolean;
  /** Whether the page was ever asked for. */
  readonly isKnown: boolean;
  /** Whether the website has a picture that is sent instead of an error. */
  readonly hasFallback: boolean;
}

/** What a sentence may depend on. */
interface Facts extends PageKnowledge {
  readonly now: EpochMs;
  readonly kept: 'picture' | 'nothing';
  /** Whether to say how long it is until then: for readers who see the sentence once. */
  readonly withSpan: boolean;
}

type Sentence = (facts: Facts) => string;

const ask = 'The next request asks the site whether the page changed, and draws it only if it did.';
const fetchAndDraw = 'The next request fetches the page and draws it.';
const nothingKept = `No picture is kept. ${fetchAndDraw}`;
const impossible: Sentence = () => nothingKept;
const unfinished = 'The last drawing was incomplete or empty, so';
const drawLater = 'Later requests draw the page again.';
const sentShortly = `${unfinished} it is sent for a short time and not kept. ${drawLater}`;

/** One sentence for each state, by what is kept. The only place that says it: API, screens and command line take it from here. */
const sentences: Readonly<Record<PageStatusKind, Readonly<Record<Facts['kept'], Sentence>>>> = {
  fresh: {
    picture: ({ response, now, withSpan }) => {
      const until = timeOf(response);
      const judged = response && judge(response.policy, now);
      const length = withSpan && judged?.kind === 'fresh' ? ` for ${span(judged.secondsLeft)},` : '';
      const asked =
        (response?.versionTag ?? null) === null
          ? 'without asking the site.'
          : 'and the site is asked now and then whether og:plus:cache:etag changed.';
      return `Kept pictures are sent${length} until ${until}, ${asked}`;
    },
    nothing: impossible,
  },
  stale: {
    picture: ({ response }) =>
      hasValidator(response)
        ? `The lifetime is over. ${ask}`
        : 'The lifetime is over. The next request fetches the page and draws it again.',
    nothing: () => nothingKept,
  },
  'must-be-asked': {
    picture: ({ response }) => {
      if (hasValidator(response)) {
        return 'Every request asks the site whether the page changed. It is drawn again only if it did.';
      }
      const askAlwaysBy = response?.policy.askAlwaysBy ?? null;
      const why =
        askAlwaysBy === null
          ? 'the page has no lifetime and no'
          : `${askAlwaysBy} requires a check and the page has no`;
      return `Every request fetches the page and draws it again, because ${why} ETag or Last-Modified.`;
    },
    nothing: impossible,
  },
  'never-kept': {
    picture: impossible,
    nothing: ({ forbiddenBy }) =>
      `Every request fetches the page and draws it, because ${forbiddenBy ?? 'the page'} forbids keeping it.`,
  },
  purged: {
    picture: impossible,
    nothing: () => `The kept pictures were dropped. ${fetchAndDraw}`,
  },
  failing: {
    picture: ({ trouble, response, now, ...facts }) => {
      const failure = trouble?.kind === 'failing' ? trouble.failure : '';
      const judged = response && judge(response.policy, now);
      if (judged?.kind === 'fresh') return `${failure} Kept pictures are sent until ${timeOf(response)}.`;
      return judged?.onError
        ? `${failure} The kept picture is sent instead, and later requests try again.`
        : `${failure} ${insteadOf(facts.hasFallback)} ${whyNotKept(response?.policy)}`;
    },
    nothing: ({ trouble, hasFallback }) =>
      `${trouble?.kind === 'failing' ? trouble.failure : ''} ${insteadOf(hasFallback)} No picture is kept. Later requests try again.`,
  },
  unfinished: {
    picture: ({ response, now }) => {
      const judged = response && judge(response.policy, now);
      return judged?.kind === 'fresh' || judged?.onError
        ? `${unfinished} the older picture is sent. ${drawLater}`
        : sentShortly;
    },
    nothing: () => sentShortly,
  },
  gone: {
    picture: (facts) => `${goneSentence(facts)} Older pictures are kept until their networks ask again.`,
    nothing: (facts) => goneSentence(facts),
  },
  'never-asked': {
    picture: impossible,
    nothing: () => 'No card of this page has been requested yet. The first request fetches the page and draws it.',
  },
};

/** What happens with the next request for a page's card. Pure. */
export function pageStatus(known: PageKnowledge, now: EpochMs, withSpan = false): PageStatus {
  const kind = kindOf(known, now);
  const kept = known.hasPicture ? 'picture' : 'nothing';
  const until = kind === 'fresh' && known.response !== null ? known.response.policy.freshUntil : null;
  return { kind, says: sentences[kind][kept]({ ...known, now, kept, withSpan }).trim(), until };
}

/** The status of a page after one response, if nothing has failed since. */
export function statusOf(response: StoredResponse, now: EpochMs): PageStatus {
  const { status } = response.head;
  const forbiddenBy = response.policy.storeForbiddenBy;
  const isGone = status === 404 || status === 410;
  const trouble = isGone ? ({ kind: 'gone', status } as const) : null;
  const rest = { isPurged: false, isKnown: true, hasFallback: false };
  return pageStatus(
    { trouble, response, hasPicture: !isGone && forbiddenBy === null, forbiddenBy, ...rest },
    now,
    true,
  );
}

/** A page stays failing until it works again, even after a purge. The list, the figures and the page so agree. */
function kindOf(known: PageKnowledge, now: EpochMs): PageStatusKind {
  const { trouble, response, hasPicture, forbiddenBy, isPurged, isKnown } = known;
  if (trouble !== null) return trouble.kind;
  if (forbiddenBy !== null && !hasPicture) return 'never-kept';
  if (!isKnown) return 'never-asked';
  if (!hasPicture) return isPurged ? 'purged' : 'stale';
  if (response === null) return 'stale';
  if (judge(response.policy, now).kind === 'fresh') return 'fresh';
  return response.policy.askAlwaysBy !== null || response.policy.lifetime === 0 ? 'must-be-asked' : 'stale';
}

function goneSentence({ trouble, response, now, withSpan }: Facts): string {
  const gone = `The page answers ${trouble?.kind === 'gone' ? trouble.status : 404}: there is no card.`;
  const judged = response?.policy.storeForbiddenBy === null ? judge(response.policy, now) : undefined;
  if (judged?.kind !== 'fresh') return `${gone} The site is asked again for every request.`;
  const when = timeOf(response);
  return `${gone} The site is asked again ${withSpan ? `in ${span(judged.secondsLeft)}, at ${when}` : `after ${when}`}.`;
}

function insteadOf(hasFallback: boolean): string {
  return hasFallback ? 'Networks get the fallback picture.' : 'Networks get an error.';
}

function whyNotKept(policy: Policy | undefined): string {
  const by = policy?.stale.forbiddenBy ?? policy?.askAlwaysBy;
  return by
    ? `${by} forbids sending the kept picture without asking the site.`
    : 'The kept picture is older than the page allows.';
}

function hasValidator(response: StoredResponse | null): boolean {
  const { etag, lastModified } = response?.policy.validators ?? {};
  return (etag ?? lastModified) !== undefined;
}

function timeOf(response: StoredResponse | null): string {
  return response === null ? '' : new Date(response.policy.freshUntil).toISOString();
}
