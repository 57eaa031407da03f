import type { CardId } from '../model/card.ts';
import { systemTimers, type Timers } from '../model/timers.ts';
import type { Clock, Milliseconds, Seconds } from '../model/units.ts';
import type { Website } from '../model/website.ts';
import type { Fetcher } from '../origin/fetch.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Store } from '../store/ports/store.ts';
import { Usage } from '../usage/usage.ts';
import { AskedCards } from './asked-cards.ts';
import { CardKeeping } from './card-keeping.ts';
import { CardLoader } from './card-loader.ts';
import { CardTurns } from './card-turns.ts';
import { Cards } from './cards.ts';
import { Decisions } from './decisions.ts';
import { Quotas, type QuotasOptions } from './limits/quotas.ts';
import { SharedPlaces } from './limits/shared-places.ts';
import { SiteLimiter, tooLate } from './limits/site-limiter.ts';
import { Pages, type PagesOptions } from './pages.ts';
import { Renewals } from './renewals.ts';
import { PageStates } from './state/page-states.ts';

interface CardsSettings {
  /** Bytes of cards and documents in memory. */
  readonly memoryCacheBytes: number;
  /** The longest heuristic lifetime. */
  readonly heuristicMax: Seconds;
  /** How long a failure, or an incomplete or empty render, is remembered. */
  readonly failureMemory: Milliseconds;
  /** How long a request waits for a renewal before a stale card is sent. */
  readonly patience: Milliseconds;
  /** How often a fresh card with `og:plus:cache:etag` is checked again. */
  readonly recheckInterval: Seconds;
  readonly websitePerMinute: number;
  readonly clientPerMinute: number;
  readonly fetchesPerWebsite: number;
  readonly fetchTimeout: Milliseconds;
  readonly queueLimit: number;
}

export interface CardsParts {
  readonly store: Store;
  readonly fetcher: Fetcher;
  readonly renderer: Pick<Renderer, 'render'>;
  readonly clock: Clock;
  /** The system's by default. */
  readonly timers?: Timers;
  readonly settings: CardsSettings;
  /** The software's part of our `User-Agent`. */
  readonly software: string;
  /** The token in a website's fetches, so that it can tell them from others'. */
  readonly fetchTokenOf: (website: Website) => string;
  /** Called after each request for a page's document, with its bytes. */
  readonly onFetched?: PagesOptions['onFetched'];
  /** Called when a website has used up its renders per minute. */
  readonly onWebsiteQuota?: QuotasOptions['onWebsiteQuota'];
  readonly log: { debug(facts: object, message: string): void; warn(facts: object, message: string): void };
}

export interface CardsDomain extends AsyncDisposable {
  readonly cards: Cards;
  readonly decisions: Decisions;
  readonly usage: Usage;
  /** For other fetches from websites. */
  readonly siteLimiter: SiteLimiter;
}

/** Composes the parts that make and keep cards. Disposing ends running work and writes what is not yet written. */
export function createCards(parts: CardsParts): CardsDomain {
  const { store, fetcher, renderer, clock, settings, software, fetchTokenOf, onFetched, onWebsiteQuota, log } = parts;
  const { heuristicMax, failureMemory, patience, recheckInterval } = settings;
  const states = new PageStates(settings.memoryCacheBytes);
  const decisions = new Decisions(store, clock);
  const usage = new Usage(store, clock);
  const onStoreFailure = (error: unknown) => log.warn({ err: error }, 'store error during a fetch');
  const onNotKept = (error: unknown, card: CardId) => log.warn({ err: error, card }, 'card not stored');
  const onBackgroundFailure = (error: unknown, card: CardId) => log.debug({ err: error, card }, 'renewal failed');

  const running = new AsyncDisposableStack();
  running.use(store.changes.listen((change) => states.follow(change)));
  const loader = new CardLoader(store, states, clock, onBackgroundFailure);
  const { timers = systemTimers } = parts;
  const { websitePerMinute, clientPerMinute } = settings;
  const perMinute = { websitePerMinute, clientPerMinute };
  const told = { onStoreFailure, ...(onWebsiteQuota && { onWebsiteQuota }) };
  const { fetchesPerWebsite: places, queueLimit: limit, fetchTimeout } = settings;
  const sharing = { leases: store.leases, timers, places, patience: fetchTimeout, tooLate, onFailure: onStoreFailure };
  const shared = running.use(new SharedPlaces(sharing));
  const siteLimiter = new SiteLimiter({ shared, places, limit, patience: fetchTimeout });
  const quotas = running.use(new Quotas({ limits: store.limits, clock, timers, ...told, ...perMinute }));
  const turns = running.use(new CardTurns(store, states, loader, clock, timers, onStoreFailure));
  const keeping = running.use(new CardKeeping(store, clock, onNotKept));
  const asking = { fetcher, siteLimiter, software, fetchTokenOf, heuristicMax, failureMemory };
  const pages = running.use(new Pages({ store, states, clock, ...asking, onFetched, onStoreFailure }));
  const making = { store, loader, turns, renderer, pages, keeping, decisions, usage, quotas, clock, failureMemory };
  const renewals = new Renewals(making);
  const askedCards = new AskedCards(store, clock);
  const serving = { store, states, loader, pages, renewals, decisions, usage, askedCards, clock };
  const cards = running.use(new Cards({ ...serving, patience, recheckInterval, onBackgroundFailure }));
  return { cards, decisions, usage, siteLimiter, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
