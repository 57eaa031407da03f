import type { PageDetail } from '../../api/types.ts';
import { clockTime } from '../../parts/clock-time.ts';
import { spanOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';

const words = text.page.state;

export interface StateInWords {
  readonly kind: 'fresh' | 'stale' | 'failing' | 'gone' | 'purged' | 'unkept' | 'unknown';
  readonly says: string;
}

/** What happens with the next request for the page's card, in words. The newest decision stands above what is kept. */
export function stateOf({ cards, decisions }: PageDetail, now: number): StateInWords {
  const [newest] = decisions;
  if (newest?.kind === 'failed') return { kind: 'failing', says: words.failing(newest.failure ?? '') };
  if (newest?.kind === 'gone') return { kind: 'gone', says: words.gone(newest.status ?? 404) };
  if (newest?.kind === 'purged') return { kind: 'purged', says: words.purged };
  const gone = cards.find((card) => card.state === 'gone');
  if (gone) return { kind: 'gone', says: words.gone(gone.gone ?? 404) };
  const card = cards.find(({ consumer }) => consumer === 'generic') ?? cards[0];
  if (card === undefined) {
    return newest === undefined ? { kind: 'unknown', says: words.unknown } : { kind: 'unkept', says: words.unkept };
  }
  const seconds = (Date.parse(card.freshUntil) - now) / 1000;
  if (card.state !== 'fresh' || seconds <= 0) return { kind: 'stale', says: words.stale };
  return { kind: 'fresh', says: words.fresh(clockTime(card.freshUntil), spanOf(seconds)) };
}
