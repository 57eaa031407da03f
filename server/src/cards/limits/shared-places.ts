import { randomInt } from 'node:crypto';
import { stopping } from '../../model/problem.ts';
import type { Timers } from '../../model/timers.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { HeldLease } from '../../store/held-lease.ts';
import type { Leases } from '../../store/ports/leases.ts';

export interface SharedPlacesOptions {
  readonly leases: Leases;
  readonly timers: Timers;
  /** How many all processes together have of each name. */
  readonly places: number;
  /** The longest wait. */
  readonly patience: Milliseconds;
  /** What a wait that was too long ends with. */
  readonly tooLate: () => Error;
  readonly onFailure: (error: unknown) => void;
}

/** One place, taken by this process. */
export interface Place {
  readonly name: string;
  readonly number: number;
  readonly held: HeldLease;
  /** Milliseconds of a monotonic clock. */
  readonly since: number;
  /** Ends with its release. */
  readonly waiting: AbortController;
}

// Fetches of a page follow each other: a place is taken once for many of them, and kept for once or twice this long.
const keptIdle = milliseconds(100);
// Others get a chance, however many fetches wait here.
const longestTurnMs = 1000;
const restMs = 400;
const pauses = [25, 50, 100, 150].map(milliseconds);

/** So many places of each name for all processes together: leases, kept for a moment for whoever wants one next. */
export class SharedPlaces implements AsyncDisposable {
  readonly #options: SharedPlacesOptions;
  readonly #taken = new Set<Place>();
  /** Places that nobody uses here. */
  readonly #idle = new Set<Place>();
  /** Places that are looked at again in a moment, and whether they were used since: one wait for many fetches. */
  readonly #watched = new Map<Place, { used: boolean }>();
  /** Until when a place of a name is left to others. */
  readonly #resting = new Map<string, number>();

  constructor(options: SharedPlacesOptions) {
    this.#options = options;
  }

  /** Does the work in a place; without one while the store fails. @throws {Problem} `stopping`; `tooLate()`. */
  async run<T>(name: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const taken = this.take(name, signal);
    const place = taken instanceof Promise ? await taken : taken;
    try {
      return await work();
    } finally {
      if (place !== undefined) this.give(place);
    }
  }

  /**
   * A place, at once where one is idle; undefined while the store fails. It must be given back.
   * @throws {Problem} as `run`, as a rejection.
   */
  take(name: string, signal: AbortSignal): Place | Promise<Place | undefined> {
    return this.#idleOf(name) ?? this.#take(name, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#taken].map((place) => this.#release(place)));
  }

  async #take(name: string, signal: AbortSignal): Promise<Place | undefined> {
    for (let looks = 0, waited = 0; ; looks++) {
      const known = this.#idleOf(name);
      if (known !== undefined) return known;
      try {
        const place = await this.#acquire(name);
        if (place !== undefined) return place;
      } catch (error) {
        this.#options.onFailure(error);
        return undefined; // each process limits by itself
      }
      const pause = pauses[Math.min(looks, pauses.length - 1)] ?? keptIdle;
      if (waited >= this.#options.patience) throw this.#options.tooLate();
      await this.#options.timers.pause(pause, signal).catch(() => Promise.reject(stopping()));
      waited += pause;
    }
  }

  #idleOf(name: string): Place | undefined {
    for (const place of this.#idle) {
      if (place.name !== name) continue;
      this.#idle.delete(place);
      return place;
    }
    return undefined;
  }

  async #acquire(name: string): Promise<Place | undefined> {
    const { leases, timers, places } = this.#options;
    const own = new Set([...this.#taken].filter((place) => place.name === name).map(({ number }) => number));
    const first = randomInt(places); // where others are unlikely to be
    for (let tried = 0; tried < places; tried++) {
      const number = (first + tried) % places;
      const lease = `fetch ${name} ${number}`;
      if (own.has(number) || performance.now() < (this.#resting.get(lease) ?? 0)) continue;
      const held = await HeldLease.take(leases, lease, timers);
      if (held === undefined) continue;
      const place = { name, number, held, since: performance.now(), waiting: new AbortController() };
      this.#taken.add(place);
      return place;
    }
    return undefined;
  }

  give(place: Place): void {
    if (!this.#taken.has(place)) return; // released meanwhile
    const age = performance.now() - place.since;
    if (age > longestTurnMs) return void this.#rest(place);
    this.#idle.add(place);
    const watched = this.#watched.get(place);
    if (watched === undefined) this.#watch(place);
    else watched.used = true;
  }

  /** Releases the place in a moment, unless it is used until then. */
  #watch(place: Place): void {
    const watched = { used: false };
    this.#watched.set(place, watched);
    const look = () => {
      this.#watched.delete(place);
      if (!this.#idle.has(place)) return; // in use: it is watched again once it is given back
      if (watched.used) this.#watch(place);
      else void this.#release(place);
    };
    this.#options.timers.pause(keptIdle, place.waiting.signal).then(look, () => {});
  }

  async #rest(place: Place): Promise<void> {
    const lease = `fetch ${place.name} ${place.number}`;
    this.#resting.set(lease, performance.now() + restMs);
    await this.#release(place);
    for (const [name, until] of this.#resting) if (until < performance.now()) this.#resting.delete(name);
  }

  async #release(place: Place): Promise<void> {
    if (!this.#taken.delete(place)) return;
    this.#idle.delete(place);
    this.#watched.delete(place);
    place.waiting.abort();
    await place.held[Symbol.asyncDispose]();
  }
}
