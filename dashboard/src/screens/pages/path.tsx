import { Link } from 'react-router';
import { readableTarget } from '../../parts/readable-target.ts';
import classes from './pages.module.css';

export interface PathProps {
  readonly target: string;
  readonly to: string;
  /** What was searched for, as it is escaped in addresses. */
  readonly search: string;
}

/** The path as a link, with what was searched for marked and within sight. */
export function Path({ target, to, search }: PathProps) {
  const path = readableTarget(target);
  const sought = readableTarget(search);
  const at = sought === '' ? -1 : path.toLowerCase().indexOf(sought.toLowerCase());
  const from = at < farAlong ? 0 : at - 12;
  return (
    <Link className={classes['path'] ?? ''} to={to} title={path} tabIndex={-1}>
      {from > 0 && '…'}
      {at < 0 ? (
        path
      ) : (
        <>
          {path.slice(from, at)}
          <mark>{path.slice(at, at + sought.length)}</mark>
          {path.slice(at + sought.length)}
        </>
      )}
    </Link>
  );
}

// So many letters are seen in nearly every window.
const farAlong = 36;
