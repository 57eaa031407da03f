import { Skeleton } from '@mantine/core';
import classes from './pages.module.css';

const widths = ['62%', '44%', '71%', '53%', '38%'];

export interface SkeletonRowsProps {
  readonly count: number;
  readonly canSelect: boolean;
  /** The heads of the columns are to come too. */
  readonly isWhole?: boolean;
}

/** Where rows are about to be: as high as they are. */
export function SkeletonRows({ count, canSelect, isWhole = false }: SkeletonRowsProps) {
  return (
    <div aria-hidden>
      {isWhole && <div className={classes['head']} />}
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={classes['row']} style={{ position: 'relative', cursor: 'default' }}>
          {canSelect && <Skeleton className={classes['check'] ?? ''} h={16} w={16} />}
          <Skeleton className={classes['picture'] ?? ''} h={46} />
          <Skeleton className={classes['page'] ?? ''} h={14} w={widths[index % widths.length] ?? '50%'} />
          <Skeleton className={classes['state'] ?? ''} h={14} w={110} />
          <Skeleton className={classes['drawn'] ?? ''} h={14} w={80} />
          <Skeleton className={classes['requests'] ?? ''} h={14} w={56} ml="auto" />
          <Skeleton className={classes['who'] ?? ''} h={16} w={96} />
        </div>
      ))}
    </div>
  );
}
