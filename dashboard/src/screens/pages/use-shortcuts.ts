import { useEffect, useEffectEvent } from 'react';

export interface Shortcuts {
  search(): void;
  help(): void;
  purge(): void;
  /** Takes back what was chosen last: false where there is nothing. */
  leave(): boolean;
  /** @param to rows up or down from the active one, or an end of them. */
  move(to: number | 'first' | 'last'): void;
  open(): void;
  select(isRange: boolean): void;
  selectAll(): void;
  /** Whether a row has the focus: keys that mean something elsewhere are taken there alone. */
  isInRows(): boolean;
}

const moves = new Map<string, number | 'first' | 'last'>([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
  ['PageDown', 8],
  ['PageUp', -8],
  ['Home', 'first'],
  ['End', 'last'],
]);

/** Hears keys wherever the focus is, except where they write or another thing stands above the screen. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!event.defaultPrevented && !isElsewhere(event.target) && heard(event, shortcuts)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Gives true for a key that was one of these. */
function heard(event: KeyboardEvent, shortcuts: Shortcuts): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const isInRows = shortcuts.isInRows();
  if (altKey) return false;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() !== 'a' || !isInRows) return false;
    shortcuts.selectAll();
    return true;
  }
  const move = moves.get(key);
  // From the document, arrows lead into the rows; the other keys scroll it.
  const isFree = event.target === document.body || (event.target instanceof Element && event.target.matches('main'));
  if (move !== undefined && (isInRows || (isFree && Math.abs(Number(move)) === 1))) shortcuts.move(move);
  else if (key === '/') shortcuts.search();
  else if (key === '?') shortcuts.help();
  else if (key === 'p') shortcuts.purge();
  else if (key === 'Escape') return shortcuts.leave();
  else if (key === 'Enter' && isInRows) shortcuts.open();
  else if (key === ' ' && isInRows) shortcuts.select(shiftKey);
  else return false;
  return true;
}

/** A field that is written in, or a dialog or menu above the screen. */
function isElsewhere(target: EventTarget | null): boolean {
  const fields = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=combobox]';
  return target instanceof Element && target.closest(`${fields}, [role=dialog], [role=menu]`) !== null;
}
