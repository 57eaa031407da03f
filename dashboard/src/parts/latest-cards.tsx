import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import { latestPages } from '../api/pages.ts';
import { text } from '../text/text.ts';
import classes from './latest-cards.module.css';
import { readableTarget } from './readable-target.ts';

export interface LatestCardsProps {
  readonly websiteId: number;
  readonly count: number;
  /** Whether each leads to its page; not inside of what is a link itself. */
  readonly areLinks?: boolean;
}

/** The pictures that were drawn last, small, side by side; nothing where there are none. */
export function LatestCards({ websiteId, count, areLinks = false }: LatestCardsProps) {
  const { data } = useQuery(latestPages(websiteId, count));
  const drawn =
    data?.flatMap(({ target, picture }) => (picture === null ? [] : [{ target, src: picture.thumbnail }])) ?? [];
  if (data !== undefined && drawn.length === 0) return null;
  return (
    <div className={classes['row']} style={{ '--count': count } as CSSProperties} aria-hidden={!areLinks}>
      {drawn.map(({ target, src }) =>
        areLinks ? (
          <Link
            key={target}
            to={`/websites/${websiteId}/page?target=${encodeURIComponent(target)}`}
            className={classes['card'] ?? ''}
            title={readableTarget(target)}
            aria-label={text.parts.cardOf(readableTarget(target))}
          >
            <img src={src} alt="" loading="lazy" decoding="async" />
          </Link>
        ) : (
          <span key={target} className={classes['card']}>
            <img src={src} alt="" loading="lazy" decoding="async" />
          </span>
        ),
      )}
      {data === undefined && Array.from({ length: count }, (_, at) => <span key={at} className={classes['card']} />)}
    </div>
  );
}
