import { useMediaQuery } from '@mantine/hooks';
import { type MouseEvent, type RefObject, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { PageFilter } from '../../api/pages.ts';
import type { PageRow as Row } from '../../api/types.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useIsNarrow } from '../../parts/use-is-narrow.ts';
import { useNow } from '../../parts/use-now.ts';
import { text } from '../../text/text.ts';
import { ColumnHeads } from './column-heads.tsx';
import { Grid, RowGroup } from './grid-parts.tsx';
import { PageRow } from './page-row.tsx';
import classes from './pages.module.css';
import { SkeletonRows } from './skeleton-rows.tsx';
import { useRows } from './use-rows.ts';
import type { Selection } from './use-selection.ts';

/** What keys do with the table, from wherever they are pressed. */
export interface TableHandle {
  /** The row that has the focus; -1 where none has. */
  focused(): number;
  active(): number;
  focusOn(index: number): void;
}

export interface PageTableProps {
  readonly handle: RefObject<TableHandle | null>;
  readonly rows: readonly Row[];
  readonly filter: PageFilter;
  readonly change: (change: Partial<PageFilter>) => void;
  readonly selection: Selection;
  readonly canSelect: boolean;
  readonly addressOf: (target: string) => string;
  /** These rows are of the search before. */
  readonly isOld: boolean;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Why more pages could not be loaded; they are requested again on demand. */
  readonly failure: Error | null;
  readonly loadMore: () => unknown;
  /** Changes with the search, not with the order. */
  readonly scope: string;
}

// Before the last rows are seen, more are on their way.
const ahead = 25;

/** As many rows as there are, and as few elements as are seen. */
export function PageTable(props: PageTableProps) {
  const { handle, rows, filter, change, selection, canSelect, addressOf } = props;
  const { isOld, hasMore, isLoading, failure, loadMore } = props;
  const list = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const now = useNow(15_000);
  const isNarrow = useIsNarrow();
  const isPhone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const scope = `${props.scope} ${filter.sort} ${filter.order}`;
  const { virtual, scrollMargin, active, setActive, focusOn } = useRows({
    list,
    count: rows.length,
    isPhone,
    isNarrow,
    scope,
  });
  const items = virtual.getVirtualItems();

  const lastSeen = items.at(-1)?.index ?? 0;
  const wantsMore = hasMore && !isLoading && !isOld && failure === null && lastSeen >= rows.length - ahead;
  useEffect(() => {
    if (wantsMore) loadMore();
  }, [wantsMore, loadMore]);

  useImperativeHandle(handle, () => ({
    focused: () => indexOf(document.activeElement),
    active: () => active,
    focusOn,
  }));

  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target);
    const row = rows[index];
    if (row === undefined || !(event.target instanceof Element)) return;
    setActive(index);
    if (event.target.closest('a')) return;
    if (canSelect && event.target.closest(`.${classes['check']}`)) selection.toggle(index, event.shiftKey);
    else if (window.getSelection()?.isCollapsed !== false) navigate(addressOf(row.target));
  };

  const { targets } = selection;
  const selected = useMemo(() => rows.filter(({ target }) => targets.has(target)).length, [rows, targets]);
  return (
    <Grid
      aria-label={text.pages.title}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-multiselectable={canSelect}
      aria-busy={isOld}
    >
      <ColumnHeads
        filter={filter}
        change={change}
        selected={canSelect ? (selected === 0 ? 'none' : selected < rows.length ? 'some' : 'all') : undefined}
        selectAll={selection.setAll}
      />
      <RowGroup
        ref={list}
        className={`${classes['list']} ${isOld ? classes['isOld'] : ''}`}
        style={{ height: virtual.getTotalSize() }}
        onClick={onClick}
        onFocus={(event) => {
          const index = indexOf(event.target);
          if (index >= 0) setActive(index);
        }}
      >
        {items.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <PageRow
                key={row.target}
                row={row}
                index={index}
                top={start - scrollMargin}
                to={addressOf(row.target)}
                search={filter.search}
                now={now}
                isActive={index === active}
                isSelected={canSelect ? selection.targets.has(row.target) : undefined}
              />
            )
          );
        })}
      </RowGroup>
      {failure !== null && <ErrorNote error={failure} retry={loadMore} />}
      {hasMore && failure === null && <SkeletonRows count={3} canSelect={canSelect} />}
    </Grid>
  );
}

function indexOf(element: unknown): number {
  const row = element instanceof Element ? element.closest<HTMLElement>('[data-index]') : null;
  return Number(row?.dataset['index'] ?? -1);
}
