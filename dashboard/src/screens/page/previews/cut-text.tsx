import type { ReactNode } from 'react';
import type { Cut } from '../../../../../server/src/model/networks/network-frames.ts';
import classes from './cut-text.module.css';

export interface CutTextProps {
  readonly cut: Cut | null;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** A text of a frame, in as many lines as the network shows. */
export function CutText({ cut, className = '', children }: CutTextProps) {
  const lines = cut?.lines ?? null;
  if (lines === null) return <div className={className}>{children}</div>;
  return (
    <div className={`${className} ${classes['cut']}`} data-lines={lines}>
      {children}
    </div>
  );
}
