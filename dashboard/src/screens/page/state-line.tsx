import { Group, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClockCheck,
  IconClockExclamation,
  IconEraser,
  IconGhost2,
  IconHourglassEmpty,
  IconRefresh,
} from '@tabler/icons-react';
import { useEffect, useReducer } from 'react';
import type { PageDetail } from '../../api/types.ts';
import { stateOf } from './page-state.ts';

const looks = {
  fresh: { color: 'teal', Icon: IconClockCheck },
  stale: { color: 'yellow', Icon: IconClockExclamation },
  failing: { color: 'red', Icon: IconAlertTriangle },
  gone: { color: 'gray', Icon: IconGhost2 },
  purged: { color: 'sea', Icon: IconEraser },
  unkept: { color: 'grape', Icon: IconRefresh },
  unknown: { color: 'gray', Icon: IconHourglassEmpty },
} as const;

/** The page's state in words; a fresh card turns stale while it is looked at. */
export function StateLine({ page }: { page: PageDetail }) {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
  const { kind, says } = stateOf(page, Date.now());
  const { color, Icon } = looks[kind];
  return (
    <Group gap="sm" wrap="nowrap" data-page-state={kind}>
      <ThemeIcon variant="light" color={color} size={30} radius="xl" aria-hidden>
        <Icon size={17} />
      </ThemeIcon>
      <Text fw={600} style={{ overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>
        {says}
      </Text>
    </Group>
  );
}
