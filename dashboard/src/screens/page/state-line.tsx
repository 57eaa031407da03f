import { Group, Stack, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBrushOff,
  IconClockCheck,
  IconClockExclamation,
  IconEraser,
  IconGhost2,
  IconHourglassEmpty,
  IconRefresh,
  IconZoomCheck,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { page as pageQuery } from '../../api/page.ts';
import type { PageDetail } from '../../api/types.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { spanOf } from '../../parts/span-of.ts';
import { useNow } from '../../parts/use-now.ts';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';

const words = text.page.state;
const looks = {
  fresh: { color: 'teal', Icon: IconClockCheck },
  stale: { color: 'yellow', Icon: IconClockExclamation },
  'must-be-asked': { color: 'sea', Icon: IconZoomCheck },
  'never-kept': { color: 'grape', Icon: IconRefresh },
  purged: { color: 'sea', Icon: IconEraser },
  failing: { color: 'red', Icon: IconAlertTriangle },
  unfinished: { color: 'orange', Icon: IconBrushOff },
  gone: { color: 'gray', Icon: IconGhost2 },
  'never-asked': { color: 'gray', Icon: IconHourglassEmpty },
} as const;

/** The page's state, and what its next request will do: the service's own sentence. */
export function StateLine({ page: { status, target } }: { page: PageDetail }) {
  const { kind, says, until } = status;
  const now = useNow(1000);
  const seconds = until === null ? null : (Date.parse(until) - now) / 1000;
  const isOver = seconds !== null && seconds <= 0;
  const client = useQueryClient();
  const { id } = useWebsite();
  // A fresh page becomes stale while it is shown.
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: pageQuery(id, target).queryKey });
  }, [isOver, client, id, target]);
  const { color, Icon } = looks[kind];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" data-page-state={kind}>
      <ThemeIcon variant="light" color={color} size={32} radius="xl" aria-hidden>
        <Icon size={18} />
      </ThemeIcon>
      <Stack gap={2} miw={0} pt={4}>
        <Text fw={600} style={{ overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>
          {kind === 'fresh' && seconds !== null && !isOver ? words.freshFor(spanOf(seconds)) : words[kind]}
        </Text>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Sentence>{says}</Sentence>
        </Text>
      </Stack>
    </Group>
  );
}
