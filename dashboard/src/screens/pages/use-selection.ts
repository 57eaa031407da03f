import { useCallback, useMemo, useRef, useState } from 'react';
import type { PageRow } from '../../api/types.ts';

export interface Selection {
  /** Targets of the rows that are loaded and selected. */
  readonly targets: ReadonlySet<string>;
  /** @param isRange all rows from the one before to this one become what that one is. */
  toggle(index: number, isRange: boolean): void;
  setAll(isSelected: boolean): void;
}

const nothing: ReadonlySet<string> = new Set();

/** @param scope what is selected belongs to this search; another one begins with nothing. */
export function useSelection(rows: readonly PageRow[], scope: string): Selection {
  const [held, setHeld] = useState({ scope, targets: nothing });
  const targets = held.scope === scope ? held.targets : nothing;
  const anchor = useRef<string>(null);

  const toggle = useCallback(
    (index: number, isRange: boolean) => {
      const row = rows[index];
      if (row === undefined) return;
      const from = isRange ? rows.findIndex(({ target }) => target === anchor.current) : -1;
      const isSelected = from < 0 ? !targets.has(row.target) : targets.has(rows[from]?.target ?? '');
      const [first, last] = from < 0 ? [index, index] : [Math.min(from, index), Math.max(from, index)];
      const changed = new Set(targets);
      for (const { target } of rows.slice(first, last + 1)) {
        if (isSelected) changed.add(target);
        else changed.delete(target);
      }
      anchor.current = row.target;
      setHeld({ scope, targets: changed });
    },
    [rows, targets, scope],
  );
  const setAll = useCallback(
    (isSelected: boolean) =>
      setHeld({ scope, targets: isSelected ? new Set(rows.map(({ target }) => target)) : nothing }),
    [rows, scope],
  );
  return useMemo(() => ({ targets, toggle, setAll }), [targets, toggle, setAll]);
}
