import { Link } from 'react-router';
import { readableTarget } from '../../parts/readable-target.ts';
import { Marked } from './marked.tsx';
import classes from './pages.module.css';

export interface PathProps {
  readonly target: string;
  readonly to: string;
  /** What was searched for, as it is escaped in addresses. */
  readonly search: string;
}

/** The path as a link. */
export function Path({ target, to, search }: PathProps) {
  const path = readableTarget(target);
  return (
    <Link className={classes['path'] ?? ''} to={to} title={path} tabIndex={-1}>
      <Marked text={path} sought={readableTarget(search)} />
    </Link>
  );
}
