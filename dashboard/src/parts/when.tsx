import { Text, type TextProps } from '@mantine/core';
import { useEffect, useReducer } from 'react';
import { text } from '../text/text.ts';

const steps = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** A moment as people say it, updated while it is shown; the full date and time on hover. */
export function When({ at, ...props }: TextProps & { at: string }) {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 20_000);
    return () => clearInterval(timer);
  }, []);
  const moment = new Date(at);
  return (
    <Text
      span
      inherit={props.size === undefined}
      {...props}
      title={moment.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}
    >
      <time dateTime={at}>{sinceOrUntil(moment.getTime() - Date.now())}</time>
    </Text>
  );
}

function sinceOrUntil(ms: number): string {
  const seconds = ms / 1000;
  for (const [size, unit] of steps) {
    if (Math.abs(seconds) < size) continue;
    // What will last seven days does not last six a moment later.
    return relative.format(seconds > 0 ? Math.round(seconds / size) : Math.trunc(seconds / size), unit);
  }
  return text.time.now;
}
