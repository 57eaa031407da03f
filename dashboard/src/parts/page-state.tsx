import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockCheck, IconClockExclamation, IconGhost2 } from '@tabler/icons-react';
import type { PageRow } from '../api/types.ts';
import { text } from '../text/text.ts';
import { localTimes } from './sentence.tsx';
import { spanOf } from './span-of.ts';

const words = text.page.state;

const looks = {
  fresh: { color: 'teal', Icon: IconClockCheck },
  stale: { color: 'yellow', Icon: IconClockExclamation },
  failing: { color: 'red', Icon: IconAlertTriangle },
  gone: { color: 'gray', Icon: IconGhost2 },
} as const;

const units = [86_400, 3600, 60, 1];

/** The state of a listed page in a few words; the service's sentence, when pointed at. @param now milliseconds since the epoch. */
export function PageState({ row, now }: { row: Pick<PageRow, 'state' | 'status'>; now: number }) {
  const { kind, says, until } = row.status;
  const seconds = until === null ? 0 : (Date.parse(until) - now) / 1000;
  // What was fresh when it was listed may be no more.
  const isOver = kind === 'fresh' && seconds <= 0;
  const state = isOver ? 'stale' : row.state;
  const { color, Icon } = looks[state];
  return (
    <Group gap={6} wrap="nowrap" title={isOver ? undefined : localTimes(says)} data-page-state={state}>
      <Icon size={17} stroke={1.8} aria-hidden color={`var(--page-state-${color})`} style={{ flexShrink: 0 }} />
      <Text component="span" size="sm" fw={500} truncate>
        {isOver ? words.stale : kind === 'fresh' ? words.freshFor(roundSpan(seconds)) : words[kind]}
      </Text>
    </Group>
  );
}

/** In the largest unit alone: `3 hours`. */
function roundSpan(seconds: number): string {
  const unit = units.find((size) => seconds >= size) ?? 1;
  return spanOf(Math.floor(seconds / unit) * unit);
}
