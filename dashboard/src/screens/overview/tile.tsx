import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Sparkline } from '../../parts/sparkline.tsx';
import classes from './overview.module.css';

export interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly trend?: ReactNode;
  readonly course: readonly number[];
  readonly color: string;
}

/** One number, what it is, and where it goes. */
export function Tile({ label, value, hint, trend, course, color }: TileProps) {
  return (
    <div className={classes['tile']}>
      <Text component="dt" size="sm" c="dimmed" fw={500}>
        {label}
      </Text>
      <Group component="dd" m={0} gap="xs" align="baseline" wrap="wrap" className={classes['value'] ?? ''}>
        {value}
        {trend}
      </Group>
      <Text component="dd" m={0} size="xs" c="dimmed">
        {hint}
      </Text>
      <dd aria-hidden className={classes['spark']} style={{ marginTop: 'auto', paddingTop: 10 }}>
        <Sparkline values={course} color={color} />
      </dd>
    </div>
  );
}
