import { allConsumers, type Consumer } from '../../model/consumers.ts';
import { admits } from '../../model/picture.ts';
import { pictureHash } from '../../model/picture-hash.ts';
import { byteLimit } from '../../render/encode.ts';
import type { FetchedPage } from '../fetch-page.ts';
import type { Outcome } from './follow-page.ts';
import type { DrawnCard, PageDrawer } from './page-drawer.ts';

/** One network's card, as the live page shows it. */
interface LiveCard {
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

/** Everything the live page shows; plain data. */
export interface LiveState {
  readonly url: string;
  readonly title: string;
  readonly phase: 'drawing' | 'ready' | 'failed';
  /** Why the page could not be rendered; the cards are then the previous ones. */
  readonly failure: string | null;
  /** What the page reported when it was drawn. */
  readonly errors: readonly string[];
  /** Notes about the render, one sentence each. */
  readonly notes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly drawnAt: number | null;
  readonly cards: readonly LiveCard[];
}

/** A page's cards for every network, for the live page; rendered again on each call of `draw`. */
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

  /** A network's picture. */
  picture(name: string): Pick<DrawnCard, 'bytes' | 'type'> | undefined {
    return this.#pictures.get(name);
  }

  /** Calls the listener with each new state, until the returned function is called. */
  listen(listener: (state: LiveState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  fail(failure: string): void {
    this.#update({ phase: 'failed', failure });
  }

  /** Renders the page for every network, the generic one first; once for all that get the same picture. */
  async draw(page: FetchedPage, onCode: (code: readonly string[]) => Promise<void>): Promise<Outcome> {
    const before = this.#state.cards;
    // Keyed by message: the position differs by a few columns between networks.
    const errors = new Map<string, string>();
    const shared = new Map<string, DrawnCard>();
    const code = new Set<string>();
    const cards: LiveCard[] = [];
    const notes = new Set<string>();
    this.#update({ phase: 'drawing' });
    for (const consumer of allConsumers) {
      const card = await this.#cardFor(page, consumer, shared);
      for (const url of card.observation?.code ?? []) code.add(url);
      for (const error of card.errors) {
        const [first = ''] = error.split('\n', 1);
        if (!errors.has(first)) errors.set(first, error);
      }
      if (card.failure !== undefined) {
        this.#update({ phase: 'failed', failure: `The page could not be drawn. ${card.failure}`, errors: [] });
        return { code: [...code], isNew: true };
      }
      for (const note of notesOf(card)) notes.add(note);
      this.#pictures.set(consumer.name, card);
      cards.push(liveCard(consumer, card));
      if (cards.length === 1) await onCode([...code]);
      this.#update({
        cards: [...cards, ...before.slice(cards.length)],
        errors: [...errors.values()],
        notes: [...notes],
      });
    }
    this.#update({ phase: 'ready', failure: null, title: titleOf(page), drawnAt: Date.now() });
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

  #update(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

function liveCard({ name, label, spec }: Consumer, { bytes, width, height, type }: DrawnCard): LiveCard {
  const hash = pictureHash(bytes);
  return { name, label, width, height, type, bytes: bytes.length, limit: byteLimit(spec), hash };
}

function notesOf({ selectorIgnored, complete, remarks }: DrawnCard): string[] {
  return [
    ...(selectorIgnored === undefined ? [] : [`og:plus:selector was ignored: ${selectorIgnored}.`]),
    ...(complete ? [] : [...remarks, 'The service would not keep this picture.']),
  ];
}

function titleOf({ fetched }: FetchedPage): string {
  const tags = fetched.kind === 'document' ? fetched.reading.metaTags : [];
  return tags.find(({ name, content }) => name === 'og:title' && content !== '')?.content ?? '';
}
