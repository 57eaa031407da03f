import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CardsDomain, createCards } from '../../../src/cards/create-cards.ts';
import type { CardRequest } from '../../../src/cards/request.ts';
import type { CardResponse } from '../../../src/model/card-response.ts';
import type { PurgeScope } from '../../../src/model/change.ts';
import { type Consumer, consumerNamed, generic } from '../../../src/model/consumers.ts';
import { Problem } from '../../../src/model/problem.ts';
import { type Clock, epochMs, milliseconds, seconds } from '../../../src/model/units.ts';
import type { Target, Website } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import { Artist } from './artist.ts';
import { Log } from './log.ts';
import { policies, WaitingOrigin } from './origin.ts';
import { Reference } from './reference.ts';
import { WaitingTimers } from './timers.ts';

export const targets = ['/a', '/a/b', '/c'].map((path) => path as Target);
export const consumers: readonly Consumer[] = [
  generic,
  consumerNamed('twitter') ?? generic,
  consumerNamed('slack') ?? generic,
];

/** How long a failure, or an unfinished drawing, is remembered. */
export const moment = milliseconds(5000);

/** One process: its own memory, its own hold of the store that all share. */
interface Process {
  store: Store;
  domain: CardsDomain;
  website: Website;
  readonly artist: Artist;
  readonly timers: WaitingTimers;
  /** Requests that it has not answered. */
  readonly asking: Set<Promise<void>>;
}

export interface WorldOptions {
  /** The same data, opened once more, as another process does. */
  readonly open: () => Promise<Store>;
  readonly website: Website;
  readonly clock: Clock & { set(ms: number): void };
  readonly memoryCacheBytes: number;
  /** Whether a store is at work. */
  readonly isBusy: () => boolean;
}

/** Two processes that share a store, an origin whose answers wait, and what may come of it all. */
export class World {
  readonly log = new Log();
  readonly origin: WaitingOrigin;
  readonly reference: Reference;
  readonly #options: WorldOptions;
  readonly #processes: Process[] = [];
  /** What the reference did not allow. */
  readonly #faults: unknown[] = [];

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.origin = new WaitingOrigin(() => options.clock.now(), this.log);
    this.reference = new Reference(this.log, this.origin, options.clock);
  }

  static async start(options: WorldOptions): Promise<World> {
    const world = new World(options);
    for (let index = 0; index < 2; index++) world.#processes.push(await world.#startProcess());
    return world;
  }

  /** Somebody asks; what comes of it is held against the reference when it comes. */
  async ask(process: number, target: number, consumer: number): Promise<void> {
    const { domain } = this.#process(process);
    const request = this.#request(process, target, consumer);
    const began = this.log.next();
    const response = domain.cards.fromMemory(request, true);
    if (response !== undefined) this.reference.answered(request, began, response);
    else await this.#await(process, request, began, domain.cards.respond(request, true));
  }

  /** An owner has a card drawn now, whatever is kept. */
  async drawNow(process: number, target: number, consumer: number): Promise<void> {
    const { domain } = this.#process(process);
    const began = this.log.next();
    const anew = { id: String(began), responseId: undefined };
    const request = { ...this.#request(process, target, consumer), anew };
    const { length } = this.origin.fetches;
    await this.#await(process, request, began, domain.cards.draw(request));
    for (const { id } of this.origin.fetches.slice(length)) this.reference.fetchedByHand.add(id);
  }

  /** All networks ask for a page at once, as they do when it is shared. */
  async crowd(process: number, target: number): Promise<void> {
    for (const consumer of consumers.keys()) await this.ask(process, target, consumer);
  }

  /**
   * One of all that waits goes on: the origin answers a fetch, a drawing ends, or a process looks whether another one is
   * done.
   * @param complete false: a drawing's page was not ready in time.
   */
  async goOn(which: number, complete: boolean): Promise<void> {
    const fetches = this.origin.waiting.map(({ letGo }) => letGo);
    const drawings = this.#processes.flatMap(({ artist }) =>
      artist.jobs.map(
        ({ finish }) =>
          () =>
            finish(complete),
      ),
    );
    const waiting = [...fetches, ...drawings, ...this.#looks];
    if (waiting.length === 0) return;
    this.#setClock(1); // no two responses are received at once
    at(waiting, which)();
    await this.settle();
  }

  async purge(process: number, scope: PurgeScope): Promise<void> {
    const { store, website } = this.#process(process);
    const began = this.log.next();
    await store.changes.purge(website.id, scope);
    this.log.purges.push({ scope, began, answered: this.log.next() });
    await this.settle();
  }

  async changeSettings(process: number, equalDocuments: boolean): Promise<void> {
    const { store, website } = this.#process(process);
    await store.websites.changeSettings(website.id, { equalDocuments });
    for (const one of this.#processes)
      one.website = { ...one.website, settings: { ...website.settings, equalDocuments } };
  }

  async writeDown(process: number): Promise<void> {
    await this.#process(process).domain.cards.writeDown();
  }

  /** Processes that live renew their leases meanwhile. */
  async moveClock(ms: number): Promise<void> {
    this.#setClock(ms);
    for (const { timers } of this.#processes) timers.tick();
    await this.settle();
  }

  /** A process ends, and another one takes its place. */
  async restart(process: number): Promise<void> {
    const { domain, store, artist } = this.#process(process);
    artist.jobs.length = 0;
    await domain[Symbol.asyncDispose]();
    await this.settle();
    await store[Symbol.asyncDispose]();
    await this.#replace(process);
  }

  /** A process ends in the middle of its work, and gives nothing back. */
  async kill(process: number): Promise<void> {
    const { store, artist, timers, asking } = this.#process(process);
    artist.jobs.length = 0;
    timers.stop();
    asking.clear();
    this.origin.waiting.splice(0, Infinity, ...this.origin.waiting.filter(({ asker }) => asker !== artist));
    await store[Symbol.asyncDispose]();
    await this.#replace(process);
  }

  /** What is kept of every card, read past all memory. */
  async checkStore(): Promise<void> {
    const { store, website } = this.#process(0);
    for (const target of targets) {
      this.reference.kept(target, await store.cards.ofPage(website.id, target));
    }
    const drawings = this.#processes.map(({ artist }) => artist.jobs.map(({ request }) => request.document));
    for (const each of drawings) this.reference.drawing(each);
    this.reference.drawingEverywhere(drawings.flat());
  }

  /** Everything that waits is let go, until nobody waits. */
  async end(): Promise<void> {
    for (let rounds = 0; this.#isBusy && rounds < 500; rounds++) {
      // Nobody works, but somebody waits for a process that was killed.
      if (this.origin.waiting.length === 0 && this.#drawings === 0 && this.#looks.length > 0)
        await this.moveClock(1000);
      await this.goOn(0, true);
    }
    assert.equal(this.#isBusy, false, 'somebody waits for ever');
  }

  /** With all quiet, a purge leads to the page as it is now: one fetch and one drawing of each page. */
  async showsThePageAsItIs(): Promise<void> {
    for (const target of targets) {
      this.origin.site(target).policy = policies[0];
      this.origin.site(target).behaviour = 'page';
    }
    await this.purge(0, { kind: 'website' });
    for (const [index, target] of targets.entries()) {
      const before = this.origin.fetches.length;
      const seen: string[] = [];
      this.reference.onAnswer = (text) => seen.push(text);
      for (let round = 0; round < 2; round++) {
        await this.ask(1, index, 0);
        await this.end();
      }
      const { version } = this.origin.site(target);
      assert.deepEqual(seen, Array(2).fill(`fetch ${before + 1} version ${version}`), target);
      assert.equal(this.origin.fetches.length, before + 1, 'asked once');
    }
  }

  async close(): Promise<void> {
    for (const { domain, store } of this.#processes) {
      await domain[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    }
  }

  /** Until all that can go on without anybody's help has gone on: the disk's work is done, and nobody's turn is left. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await nextTurn();
      const reads = process.getActiveResourcesInfo().some((name) => name.includes('Req'));
      quiet = reads || this.#options.isBusy() ? 0 : quiet + 1;
    }
    const [fault] = this.#faults.splice(0);
    if (fault !== undefined) throw fault;
  }

  #request(process: number, target: number, consumer: number): CardRequest {
    const { store, website } = this.#process(process);
    assert.ok(store.changes.catchUp());
    return {
      website,
      asOf: store.changes.newest,
      target: at(targets, target),
      consumer: at(consumers, consumer),
      language: '',
      client: () => 'somebody',
    };
  }

  async #await(process: number, request: CardRequest, began: number, response: Promise<CardResponse>): Promise<void> {
    const { asking } = this.#process(process);
    const check = (answered: CardResponse | Problem) => this.reference.answered(request, began, answered);
    const answer = response.then(check, (error) => {
      if (!(error instanceof Problem)) throw error;
      check(error);
    });
    asking.add(answer);
    answer.finally(() => asking.delete(answer)).catch((error) => this.#faults.push(error));
    await this.settle();
  }

  get #isBusy(): boolean {
    return (
      this.#processes.some(({ asking }) => asking.size > 0) || this.origin.waiting.length > 0 || this.#drawings > 0
    );
  }

  get #drawings(): number {
    return this.#processes.reduce((sum, { artist }) => sum + artist.jobs.length, 0);
  }

  get #looks(): ReadonlyArray<() => void> {
    return this.#processes.flatMap(({ timers }) => timers.waiting);
  }

  #setClock(ms: number): void {
    const { clock } = this.#options;
    clock.set(clock.now() + ms);
    if (ms < 0) this.reference.clockWasSetBack();
  }

  async #replace(process: number): Promise<void> {
    this.#processes[process % this.#processes.length] = await this.#startProcess();
  }

  async #startProcess(): Promise<Process> {
    const { open, clock, website, memoryCacheBytes } = this.#options;
    const store = await open();
    const [artist, timers] = [new Artist(), new WaitingTimers()];
    const settings = {
      memoryCacheBytes,
      heuristicMax: seconds(600),
      failureMemory: moment,
      patience: milliseconds(100_000),
      recheckInterval: seconds(60),
      websitePerMinute: 1_000_000,
      clientPerMinute: 1_000_000,
      fetchesPerWebsite: 1000,
      fetchTimeout: milliseconds(100_000),
      queueLimit: 1000,
    };
    const silent = () => {};
    const domain = createCards({
      store,
      fetcher: this.origin.for(artist),
      renderer: artist,
      clock,
      timers,
      settings,
      software: 'OpenGraph+',
      fetchTokenOf: () => '',
      log: { debug: silent, warn: silent },
    });
    const asking = new Set<Promise<void>>();
    return { store, domain, website: (await store.websites.byId(website.id)) ?? website, artist, timers, asking };
  }

  #process(index: number): Process {
    return at(this.#processes, index);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  assert.ok(found !== undefined);
  return found;
}

export const startOfTime = epochMs(Date.UTC(2026, 10, 23));
