import { Checkbox, Text } from '@mantine/core';
import { type CSSProperties, memo } from 'react';
import type { PageRow as Row } from '../../api/types.ts';
import { numberOf } from '../../parts/numbers.ts';
import { PageState } from '../../parts/page-state.tsx';
import { readableTarget } from '../../parts/readable-target.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { Cell, GridRow } from './grid-parts.tsx';
import { Marked } from './marked.tsx';
import classes from './pages.module.css';
import { Path } from './path.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { WhoAsks } from './who-asks.tsx';

const words = text.pages;

export interface PageRowProps {
  readonly row: Row;
  readonly index: number;
  /** CSS pixels from the top of the list. */
  readonly top: number;
  readonly to: string;
  readonly search: string;
  readonly now: number;
  readonly isActive: boolean;
  /** Undefined for who may not select. */
  readonly isSelected: boolean | undefined;
}

/** One page; a card on a phone. What is done with it is the table's: it hears of every click and key. */
export const PageRow = memo(function PageRow(props: PageRowProps) {
  const { row, index, top, to, search, now, isActive, isSelected } = props;
  const style: CSSProperties = { transform: `translateY(${top}px)` };
  return (
    <GridRow
      className={classes['row']}
      style={style}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
    >
      {isSelected !== undefined && (
        <Cell className={classes['check']}>
          <Checkbox size="xs" checked={isSelected} readOnly aria-label={words.select(row.target)} tabIndex={-1} />
        </Cell>
      )}
      <div className={classes['picture']} aria-hidden>
        <Thumbnail picture={row.picture} />
      </div>
      <Cell className={classes['page']}>
        <Path target={row.target} to={to} search={search} />
        {row.title !== null && (
          <Text component="span" size="xs" c="dimmed" className={classes['title'] ?? ''} title={row.title}>
            <Marked text={row.title} sought={readableTarget(search)} />
          </Text>
        )}
        {row.failure !== null && row.failure.says !== '' && (
          <Text component="span" size="xs" truncate className={classes['failure'] ?? ''} title={row.failure.says}>
            {row.failure.says}
          </Text>
        )}
      </Cell>
      <Cell className={classes['state']}>
        <PageState row={row} now={now} />
      </Cell>
      <Cell className={classes['drawn']}>
        {row.drawnAt === null ? (
          <Text component="span" size="sm" c="dimmed">
            {words.notDrawn}
          </Text>
        ) : (
          <When at={row.drawnAt} size="sm" />
        )}
      </Cell>
      <Cell className={classes['requests']}>
        <Text component="span" size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {numberOf(row.requests)} <span className={classes['only']}>{words.requestsUnit(row.requests)}</span>
        </Text>
      </Cell>
      <Cell className={classes['who']}>
        <WhoAsks consumers={row.consumers} failedFor={row.failure?.consumer ?? null} />
      </Cell>
    </GridRow>
  );
});
