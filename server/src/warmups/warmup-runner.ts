import { setTimeout as sleep } from 'node:timers/promises';
import type { Cards } from '../cards/cards.ts';
import { Rate } from '../cards/limits/rate.ts';
import { Queue } from '../concurrency/queue.ts';
import { resultWithin } from '../concurrency/result-within.ts';
import { type Consumer, consumerNamed } from '../model/consumers.ts';
import type { Log } from '../model/log.ts';
import { Problem, stopping } from '../model/problem.ts';
import { type Clock, epochMs, milliseconds } from '../model/units.ts';
import type { Target, Website } from '../model/website.ts';
import type { Lease } from '../store/ports/leases.ts';
import type { Store } from '../store/ports/store.ts';
import type { Warmup } from '../store/ports/warmups.ts';
import type { PagesOfSitemap } from './pages-of-sitemap.ts';
import { quiet } from './quiet.ts';
import { warmPage } from './warm-page.ts';

export interface WarmupRunnerOptions {
  readonly store: Store;
  readonly cards: Cards;
  readonly pagesOf: PagesOfSitemap;
  readonly clock: Clock;
  /** Whether somebody waits for a card now. */
  readonly isBusy: () => boolean;
  /** The service's own limit of renders per website; a warm-up uses half of it. */
  readonly websitePerMinute: number;
  readonly log: Pick<Log, 'warn'>;
}

// Another process takes a warm-up over when its runner has been silent for this long.
const leaseTtl = milliseconds(6000);
const renewEveryMs = 2000;
// New warm-ups of other processes, and of the command line, are found this often.
const lookEveryMs = 1000;
// Warm-ups that go on at once; the others wait.
const mostAtOnce = 20;
// So many failures of the origin one after another mean that it is down.
const mostInARow = 10;
const triesPerPage = 5;
const longestWaitSeconds = 300;
// For the page under way, when the service stops.
const stopGrace = milliseconds(1000);
// Ended warm-ups are shown for this long.
const keptForMs = 30 * 24 * 3_600_000;

/** `stopped`: it was stopped, and may have been resumed since. */
type Drawn = { readonly kind: 'through' | 'stopped' } | { readonly kind: 'given-up'; readonly why: string };

/**
 * Does warm-ups, one page of all of them at a time, behind requests that somebody waits for. What is done is in the store:
 * a service that was killed goes on where it was.
 */
export class WarmupRunner implements AsyncDisposable {
  readonly #options: WarmupRunnerOptions;
  readonly #running = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();
  /** Websites take turns. */
  readonly #turns = new Queue(1, mostAtOnce, milliseconds(2 ** 31 - 1));
  readonly #pace: Rate;
  readonly #timer: NodeJS.Timeout;
  #looking = false;
  #lookAgain = false;

  constructor(options: WarmupRunnerOptions) {
    this.#options = options;
    this.#pace = new Rate(Math.max(1, Math.floor(options.websitePerMinute / 2)));
    this.#timer = setInterval(() => this.wake(), lookEveryMs).unref();
    this.wake();
  }

  /** There may be something to do. */
  wake(): void {
    this.#lookAgain = true;
    if (!this.#looking) void this.#look();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort(stopping());
    await resultWithin(stopGrace, Promise.all(this.#running.values()));
  }

  /** Starts what waits in the store. */
  async #look(): Promise<void> {
    this.#looking = true;
    try {
      while (this.#lookAgain && !this.#stopping.signal.aborted) {
        this.#lookAgain = false;
        await this.#startWaiting();
      }
    } catch (err) {
      this.#options.log.warn({ err }, 'warm-ups could not be read; it will be tried again');
    } finally {
      this.#looking = false;
    }
  }

  async #startWaiting(): Promise<void> {
    const { store, clock, log } = this.#options;
    for (const { id } of await store.warmups.unfinished(mostAtOnce)) {
      if (this.#running.has(id) || this.#stopping.signal.aborted) continue;
      const lease = await store.leases.acquire(`warm-up ${id}`, leaseTtl);
      if (lease === undefined) continue;
      const work = this.#hold(id, lease).finally(() => this.#running.delete(id));
      const ended = work.then(
        () => this.wake(), // it may have been resumed meanwhile
        (err) => log.warn({ err, warmup: id }, 'warm-up interrupted; it will be tried again'),
      );
      this.#running.set(id, ended);
    }
    if (this.#running.size === 0) await store.warmups.forget(epochMs(clock.now() - keptForMs));
  }

  async #hold(id: number, lease: Lease): Promise<void> {
    const { leases } = this.#options.store;
    const lost = new AbortController();
    const renewing = setInterval(() => {
      const renewed = leases.renew(lease, leaseTtl).catch(() => false);
      void renewed.then((held) => held || lost.abort(stopping()));
    }, renewEveryMs).unref();
    const signal = AbortSignal.any([lost.signal, this.#stopping.signal]);
    try {
      await this.#run(id, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearInterval(renewing);
      await leases.release(lease).catch(() => {}); // it runs out
    }
  }

  async #run(id: number, signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#options;
    const { warmups } = store;
    const warmup = (await warmups.unfinished(mostAtOnce)).find((one) => one.id === id);
    if (warmup === undefined) return;
    const end = (state: 'done' | 'failed', note: string | null) => warmups.change(id, state, note, clock.now());
    let note = warmup.note;
    if (warmup.state !== 'drawing') {
      try {
        note = await this.#read(warmup, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Problem)) throw error;
        await end('failed', error.message);
        return;
      }
    }
    const drawn = await this.#draw(warmup, signal);
    if (drawn.kind === 'through') await end('done', note);
    if (drawn.kind === 'given-up') await end('failed', drawn.why);
  }

  /** Writes down which pages it has. Returns what there is to say about them. @throws {Problem} if there are none. */
  async #read(warmup: Warmup, signal: AbortSignal): Promise<string | null> {
    const { store, pagesOf } = this.#options;
    const { id } = warmup;
    if (!(await store.warmups.change(id, 'reading', null, null))) return null;
    const website = await store.websites.byId(warmup.websiteId);
    if (website === undefined) return null;
    let note: string | null = null;
    if (warmup.targets === null) {
      const add = async (targets: readonly Target[]) => {
        if ((await store.warmups.stateOf(id)) !== 'reading') throw new Problem('stopping', 'It was stopped.');
        await store.warmups.addPages(id, targets);
      };
      note = await pagesOf(website, warmup.sitemap, add, signal);
    } else await store.warmups.addPages(id, warmup.targets);
    await store.warmups.change(id, 'drawing', note, null);
    return note;
  }

  async #draw({ id, websiteId, consumers: names }: Warmup, signal: AbortSignal): Promise<Drawn> {
    const { warmups, websites } = this.#options.store;
    const consumers = names.map(consumerNamed).filter((consumer) => consumer !== undefined);
    let inARow = 0;
    for (;;) {
      if ((await warmups.stateOf(id)) !== 'drawing') return { kind: 'stopped' };
      const [target] = await warmups.openPages(id, 1);
      if (target === undefined) return { kind: 'through' };
      const website = await websites.byId(websiteId);
      if (website === undefined) return { kind: 'stopped' };
      const began = performance.now();
      const { isOriginsFault, ...page } = await this.#page(website, target, consumers, signal);
      await warmups.notePage(id, page, milliseconds(performance.now() - began));
      inARow = isOriginsFault ? inARow + 1 : 0;
      if (inARow >= mostInARow) {
        const why = `It ended because ${mostInARow} pages in a row failed: ${page.why} Resume it when the website answers.`;
        return { kind: 'given-up', why };
      }
    }
  }

  async #page(website: Website, target: Target, consumers: readonly Consumer[], signal: AbortSignal) {
    const { cards, isBusy } = this.#options;
    const { changes, websites } = this.#options.store;
    for (let tries = 1; ; tries++) {
      await this.#withinQuota(website, consumers.length, signal);
      const turn = { partition: String(website.id), signal };
      const warmed = await this.#turns.run(async () => {
        await quiet(isBusy, signal);
        changes.catchUp();
        const asOf = changes.newest;
        const now = (await websites.byId(website.id)) ?? website; // its settings may have changed while it waited
        return warmPage(cards, { website: now, asOf }, target, consumers);
      }, turn);
      if (!('later' in warmed)) return warmed; // written down, even if the service is stopping
      signal.throwIfAborted();
      if (tries === triesPerPage) {
        const why = 'The service or the website was too busy.';
        return { target, outcome: 'failed' as const, why, isOriginsFault: false };
      }
      await sleep(Math.min(warmed.later, longestWaitSeconds) * 1000, undefined, { signal });
    }
  }

  /** Half of the website's renders per minute; the other half is for those who ask. */
  async #withinQuota({ id, settings }: Website, renders: number, signal: AbortSignal): Promise<void> {
    const own = settings.rendersPerMinute ?? Number.POSITIVE_INFINITY;
    const perMinute = Math.max(1, Math.min(Math.floor(own / 2), this.#pace.perMinute));
    for (let taken = 0; taken < renders; ) {
      const wait = this.#pace.take(String(id), this.#options.clock.now(), perMinute);
      if (wait === 0) taken++;
      else await sleep(wait, undefined, { signal });
    }
  }
}
