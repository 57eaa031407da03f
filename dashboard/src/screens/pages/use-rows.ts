import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

// What stays above the rows while they move: the search and the heads of the columns.
const covered = 116;

export interface RowsOptions {
  readonly list: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly isPhone: boolean;
  readonly isNarrow: boolean;
  /** Other rows have another one: the first row is the active one again. */
  readonly scope: string;
}

/** The rows that are in view, and the one that keys work on: it alone can be reached by Tab, and is always there. */
export function useRows({ list, count, isPhone, isNarrow, scope }: RowsOptions) {
  const [held, setHeld] = useState({ scope, index: 0 });
  const active = held.scope === scope ? Math.min(held.index, Math.max(0, count - 1)) : 0;
  const wantsFocus = useRef(false);
  const [scrollMargin, setScrollMargin] = useState(0);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => (isPhone ? 140 : isNarrow ? 88 : 68),
    overscan: 8,
    scrollMargin,
    scrollPaddingStart: isPhone ? 64 : covered,
    scrollPaddingEnd: 12,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active >= count || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
    },
  });

  // What stands above the list grows and shrinks with the window.
  useLayoutEffect(() => {
    const top = list.current === null ? 0 : list.current.getBoundingClientRect().top + window.scrollY;
    if (Math.abs(top - scrollMargin) > 0.5) setScrollMargin(top);
  });
  // Who was far down in other rows begins at the top of these.
  const scrolled = useRef(scope);
  useLayoutEffect(() => {
    if (scrolled.current === scope) return;
    scrolled.current = scope;
    const top = Math.max(0, scrollMargin - (isPhone ? 64 : covered));
    if (window.scrollY > top) window.scrollTo({ top });
  }, [scope, scrollMargin, isPhone]);
  // Rows of another height are measured anew.
  useLayoutEffect(() => virtual.measure(), [isPhone, isNarrow]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const setActive = (index: number) => setHeld({ scope, index });
  /** Makes a row the active one, brings it into view and gives it the focus. */
  const focusOn = (wanted: number) => {
    if (count === 0) return;
    const index = Math.max(0, Math.min(count - 1, wanted));
    wantsFocus.current = true;
    setActive(index);
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  return { virtual, scrollMargin, active, setActive, focusOn };
}
