import { Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { text } from '../../text/text.ts';
import classes from './service.module.css';

export interface GaugeProps {
  readonly label: string;
  readonly value: string;
  readonly hints: readonly string[];
  readonly level?: 'bad' | 'good';
  /** Of what there is, from 0 to 1; no meter without it. */
  readonly used?: number | undefined;
  /** In place of the meter. */
  readonly course?: ReactNode;
}

// From here on a limit is near; the API says what to do about it.
const [near, over] = [0.75, 0.9];

/** One thing that is limited: how it is, and how much of it is used. */
export function Gauge({ label, value, hints, level = 'good', used, course }: GaugeProps) {
  const percent = Math.min(100, Math.max(0, (used ?? 0) * 100));
  const color = (used ?? 0) > over ? 'red' : (used ?? 0) > near ? 'yellow' : 'sea';
  return (
    <div className={classes['tile']}>
      <Text component="dt" size="sm" c="dimmed" fw={500}>
        {label}
      </Text>
      <dd className={classes['value']} data-level={level}>
        {value}
      </dd>
      {hints.map((hint) => (
        <Text key={hint} component="dd" size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {hint}
        </Text>
      ))}
      {used !== undefined && (
        <dd className={classes['meter']}>
          <Progress.Root size={6}>
            <Progress.Section value={percent} color={color} aria-label={text.service.used(label)} />
          </Progress.Root>
        </dd>
      )}
      {course !== undefined && (
        <dd className={classes['meter']} aria-hidden>
          {course}
        </dd>
      )}
    </div>
  );
}
