import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockCheck, IconClockExclamation, IconGhost2 } from '@tabler/icons-react';
import type { PageRow } from '../api/types.ts';
import { text } from '../text/text.ts';
import { spanOf } from './span-of.ts';

const { state: words, stateWhy } = text.pages;

const looks = {
  fresh: { color: 'teal', Icon: IconClockCheck },
  stale: { color: 'yellow', Icon: IconClockExclamation },
  failing: { color: 'red', Icon: IconAlertTriangle },
  gone: { color: 'gray', Icon: IconGhost2 },
} as const;

const units = [86_400, 3600, 60, 1];

/** The state of a listed page in a few words; why, when pointed at. @param now milliseconds since the epoch. */
export function PageState({ row, now }: { row: Pick<PageRow, 'state' | 'freshUntil' | 'picture'>; now: number }) {
  const seconds = row.freshUntil === null ? 0 : (Date.parse(row.freshUntil) - now) / 1000;
  // What was fresh when it was listed may be no more.
  const state = row.state === 'fresh' && seconds <= 0 ? 'stale' : row.state;
  const { color, Icon } = looks[state];
  return (
    <Group gap={6} wrap="nowrap" title={why(row, state)} data-page-state={state}>
      <Icon size={17} stroke={1.8} aria-hidden color={`var(--page-state-${color})`} style={{ flexShrink: 0 }} />
      <Text component="span" size="sm" fw={500} truncate>
        {state === 'fresh' ? words.fresh(roundSpan(seconds)) : words[state]}
      </Text>
    </Group>
  );
}

function why({ freshUntil, picture }: Pick<PageRow, 'freshUntil' | 'picture'>, state: PageRow['state']): string {
  if (state === 'fresh' && freshUntil !== null) {
    return stateWhy.fresh(new Date(freshUntil).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }));
  }
  if (state === 'stale' && freshUntil === null && picture === null) return stateWhy.purged;
  return state === 'fresh' ? '' : stateWhy[state];
}

/** In the largest unit alone: `3 hours`. */
function roundSpan(seconds: number): string {
  const unit = units.find((size) => seconds >= size) ?? 1;
  return spanOf(Math.floor(seconds / unit) * unit);
}
