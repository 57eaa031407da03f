import { Code } from '@mantine/core';
import classes from './pairs.module.css';

export interface PairsProps {
  readonly pairs: ReadonlyArray<readonly [name: string, value: string]>;
}

/** Names as they are sent, each with what it says: beside it, or below it where there is no room. */
export function Pairs({ pairs }: PairsProps) {
  return (
    <dl className={classes['pairs']}>
      {pairs.map(([name, value], at) => (
        // A name may stand twice.
        <div key={`${at} ${name}`} className={classes['pair']}>
          <dt>
            <Code>{name}</Code>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
