import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { PageFilter } from '../../api/pages.ts';
import type { PageSort } from '../../api/types.ts';
import { text } from '../../text/text.ts';
import { ColumnHead, GridRow } from './grid-parts.tsx';
import classes from './pages.module.css';
import { usualOrder } from './use-filter.ts';

const words = text.pages;

export interface ColumnHeadsProps {
  readonly filter: PageFilter;
  readonly change: (change: Partial<PageFilter>) => void;
  /** How many of the rows are selected; undefined for who may not select. */
  readonly selected: 'none' | 'some' | 'all' | undefined;
  readonly selectAll: (isSelected: boolean) => void;
}

export function ColumnHeads({ filter, change, selected, selectAll }: ColumnHeadsProps) {
  const head = (column: keyof typeof words.columns, sort: PageSort) => (
    <SortHead key={column} column={column} sort={sort} filter={filter} change={change} />
  );
  return (
    <GridRow aria-rowindex={1} className={classes['head']}>
      {selected !== undefined && (
        <ColumnHead className={classes['check']}>
          <Checkbox
            size="xs"
            aria-label={words.selectAll}
            checked={selected === 'all'}
            indeterminate={selected === 'some'}
            onChange={(event) => selectAll(event.currentTarget.checked)}
          />
        </ColumnHead>
      )}
      {head('page', 'target')}
      <ColumnHead className={classes['state']}>
        <span className={classes['sort']}>{words.columns.state}</span>
      </ColumnHead>
      {head('drawn', 'drawn')}
      {head('requests', 'requests')}
      <ColumnHead className={classes['who']}>
        <span className={classes['sort']}>{words.columns.who}</span>
      </ColumnHead>
    </GridRow>
  );
}

interface SortHeadProps extends Pick<ColumnHeadsProps, 'filter' | 'change'> {
  readonly column: keyof typeof words.columns;
  readonly sort: PageSort;
}

function SortHead({ column, sort, filter, change }: SortHeadProps) {
  const isSorted = filter.sort === sort;
  const isUp = filter.order === 'asc';
  const order = isSorted ? (isUp ? 'desc' : 'asc') : usualOrder(sort);
  const Arrow = isUp ? IconArrowUp : IconArrowDown;
  return (
    <ColumnHead className={classes[column]} aria-sort={isSorted ? (isUp ? 'ascending' : 'descending') : 'none'}>
      <UnstyledButton
        className={classes['sort'] ?? ''}
        title={words.sortBy(words.columns[column])}
        onClick={() => change({ sort, order })}
      >
        {words.columns[column]}
        {isSorted && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </ColumnHead>
  );
}
