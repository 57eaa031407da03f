import type { ReactNode } from 'react';
import classes from './lines.module.css';

/** A list with a rule between its lines. */
export function Lines({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={classes['lines']} aria-label={label}>
      {children}
    </ul>
  );
}

export interface LineProps {
  readonly mark?: ReactNode;
  /** What can be done with it. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Line({ mark, actions, children }: LineProps) {
  return (
    <li className={classes['line']}>
      {mark}
      <div className={classes['content']}>{children}</div>
      {actions}
    </li>
  );
}
