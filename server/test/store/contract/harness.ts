import assert from 'node:assert/strict';
import type { Change } from '../../../src/model/change.ts';
import type { Picture } from '../../../src/model/picture.ts';
import { type Clock, type EpochMs, epochMs } from '../../../src/model/units.ts';
import type { Website } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';

/** One store on data of its own, and what a test does to it from outside. */
export interface Harness extends AsyncDisposable {
  readonly store: Store;
  readonly clock: MovableClock;
  /** The same data opened once more beside it, as another process does. Closed with the harness. */
  secondProcess(): Promise<Store>;
  /** An account, as better-auth makes it, called `{id}@people.example`. */
  makePerson(id: string): Promise<void>;
  /** Makes this many changes, purges of the website, as fast as can be. Gives the version of the last. */
  manyChanges(website: Website, count: number): Promise<number>;
  /** Lets every process read what is new. */
  wake(): Promise<void>;
  /** Closes every store that is open and opens the same data again. */
  reopen(): Promise<Store>;
  /** Takes the picture's bytes away. */
  lose(picture: Picture): Promise<void>;
  /** Changes the picture's bytes and leaves their number. */
  damage(picture: Picture): Promise<void>;
  /** Hashes of all pictures whose bytes lie there, sorted. */
  pictures(): Promise<string[]>;
}

export type Open = (options?: { readonly pagesPerWebsite?: number }) => Promise<Harness>;

/** Listens to a store. Gives a function that gives the changes since the last call. */
export function changesOf({ changes }: Store): () => Change[] {
  let heard: Change[] = [];
  changes.listen((change) => heard.push(change));
  return () => {
    assert.equal(changes.catchUp(), true);
    const since = heard;
    heard = [];
    return since;
  };
}

/** Begins at the real time, since files are stamped with it. */
export class MovableClock implements Clock {
  #now = Date.now();

  now(): EpochMs {
    return epochMs(this.#now);
  }

  moveMs(span: number): EpochMs {
    this.#now += span;
    return this.now();
  }

  move(hours: number): EpochMs {
    this.#now += hours * 3_600_000;
    return this.now();
  }
}
