import { createHash } from 'node:crypto';
import { allConsumers, type Consumer } from '../../model/consumers.ts';
import { admits } from '../../model/picture.ts';
import { byteLimit } from '../../render/encode.ts';
import type { FetchedPage } from '../fetch-page.ts';
import type { Outcome } from './follow-page.ts';
import type { DrawnCard, PageDrawer } from './page-drawer.ts';

/** One network's card, as the live page shows it. */
export interface LiveCard {
  /** A name of `consumers.json`. */
  readonly name: string;
  readonly label: string;
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** `image/png`. */
  readonly type: string;
  readonly bytes: number;
  /** Bytes above which some networks drop a picture. */
  readonly limit: number;
  /** Lower-case hex SHA-256 of the picture. */
  readonly hash: string;
}

/** All that the live page shows; plain data. */
export interface LiveState {
  readonly url: string;
  readonly title: string;
  readonly phase: 'drawing' | 'ready' | 'failed';
  /** Why there is no picture of the page as it is now; the cards are then those of before. */
  readonly failure: string | null;
  /** What the page reported when it was drawn. */
  readonly errors: readonly string[];
  /** What is to be known beside, a sentence each. */
  readonly notes: readonly string[];
  /** Milliseconds since the epoch: when the cards were drawn. */
  readonly drawnAt: number | null;
  readonly cards: readonly LiveCard[];
}

/** The cards of a page for every network, drawn anew whenever they are told to; for the live page. */
export class LiveCards {
  readonly #drawer: PageDrawer;
  readonly #pictures = new Map<string, DrawnCard>();
  readonly #listeners = new Set<(state: LiveState) => void>();
  #state: LiveState;

  constructor(drawer: PageDrawer, url: string) {
    this.#drawer = drawer;
    this.#state = { url, title: '', phase: 'drawing', failure: null, errors: [], notes: [], drawnAt: null, cards: [] };
  }

  get state(): LiveState {
    return this.#state;
  }

  /** The picture of a network, by its name. */
  picture(name: string): Pick<DrawnCard, 'bytes' | 'type'> | undefined {
    return this.#pictures.get(name);
  }

  /** Tells of each new state, until the function that it gives is called. */
  listen(listener: (state: LiveState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  fail(failure: string): void {
    this.#tell({ phase: 'failed', failure });
  }

  /** Draws the page for every network: once for all that get the same picture, the generic one first. */
  async draw(page: FetchedPage, onCode: (code: readonly string[]) => Promise<void>): Promise<Outcome> {
    const before = this.#state.cards;
    // By what is said first: where it happened differs by a few columns from network to network.
    const errors = new Map<string, string>();
    const shared = new Map<string, DrawnCard>();
    const code = new Set<string>();
    const cards: LiveCard[] = [];
    const notes = new Set<string>();
    this.#tell({ phase: 'drawing' });
    for (const consumer of allConsumers) {
      const card = await this.#cardFor(page, consumer, shared);
      for (const url of card.observation?.code ?? []) code.add(url);
      for (const error of card.errors) {
        const [first = ''] = error.split('\n', 1);
        if (!errors.has(first)) errors.set(first, error);
      }
      if (card.failure !== undefined) {
        this.#tell({ phase: 'failed', failure: `The page could not be drawn. ${card.failure}`, errors: [] });
        return { code: [...code], isNew: true };
      }
      for (const note of notesOf(card)) notes.add(note);
      this.#pictures.set(consumer.name, card);
      cards.push(liveCard(consumer, card));
      if (cards.length === 1) await onCode([...code]);
      this.#tell({ cards: [...cards, ...before.slice(cards.length)], errors: [...errors.values()], notes: [...notes] });
    }
    this.#tell({ phase: 'ready', failure: null, title: titleOf(page), drawnAt: Date.now() });
    return { code: [...code], isNew: cards.some(({ hash }, at) => hash !== before[at]?.hash) };
  }

  async #cardFor(page: FetchedPage, { spec }: Consumer, shared: Map<string, DrawnCard>): Promise<DrawnCard> {
    const document = this.#drawer.prepare(page, spec);
    const key = document.commonFingerprint;
    const other = key === null ? undefined : shared.get(key);
    if (other?.common && admits(other.common, byteLimit(spec))) return other;
    const card = await this.#drawer.draw(document);
    if (key !== null) shared.set(key, card);
    return card;
  }

  #tell(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

function liveCard({ name, label, spec }: Consumer, { bytes, width, height, type }: DrawnCard): LiveCard {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { name, label, width, height, type, bytes: bytes.length, limit: byteLimit(spec), hash };
}

function notesOf({ selectorIgnored, complete }: DrawnCard): string[] {
  return [
    ...(selectorIgnored === undefined ? [] : [`og:plus:selector was ignored: ${selectorIgnored}.`]),
    ...(complete ? [] : ['The page was not ready in time; this is what was there.']),
  ];
}

function titleOf({ fetched }: FetchedPage): string {
  const tags = fetched.kind === 'document' ? fetched.reading.metaTags : [];
  return tags.find(({ name, content }) => name === 'og:title' && content !== '')?.content ?? '';
}
