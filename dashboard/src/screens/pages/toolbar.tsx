import { CloseButton, Loader, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { PageFilter } from '../../api/pages.ts';
import { text } from '../../text/text.ts';
import classes from './pages.module.css';
import { states } from './use-filter.ts';

const words = text.pages;

export interface ToolbarProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly filter: PageFilter;
  readonly change: (change: Partial<PageFilter>) => void;
  readonly isSearching: boolean;
  /** From the search into what it found. */
  readonly toRows: () => void;
}

/** What the table is searched by. */
export function Toolbar({ field, filter, change, isSearching, toRows }: ToolbarProps) {
  const [typed, setTyped] = useState(filter.search);
  const sent = useRef(filter.search);
  const send = useDebouncedCallback((search: string) => {
    sent.current = search;
    change({ search });
  }, 150);
  // The address changed by other means: going back, or showing all.
  useEffect(() => {
    if (filter.search !== sent.current) setTyped(filter.search);
    sent.current = filter.search;
  }, [filter.search]);

  const clear = () => {
    setTyped('');
    send('');
    send.flush();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (typed === '') field.current?.blur();
      else clear();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      send.flush();
      toRows();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className={classes['bar']}>
      <TextInput
        ref={field}
        className={classes['search'] ?? ''}
        aria-label={words.search}
        placeholder={words.searchHint}
        leftSection={<IconSearch size={16} />}
        rightSection={
          isSearching ? (
            <Loader size={14} />
          ) : (
            typed !== '' && <CloseButton size="sm" aria-label={words.clearSearch} onClick={clear} />
          )
        }
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          send(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <SegmentedControl
        className={classes['states'] ?? ''}
        aria-label={words.stateFilter}
        data={['all' as const, ...states].map((value) => ({ value, label: words.states[value] }))}
        value={filter.state ?? 'all'}
        onChange={(value) => change({ state: value === 'all' ? null : value })}
      />
    </search>
  );
}
