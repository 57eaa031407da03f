import { Group, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { text } from '../../text/text.ts';

const words = text.overview;

export interface TrendProps {
  /** 0.12 for an eighth more; points for a share. */
  readonly change: number;
  readonly says: string;
  /** Whether more of it is good, bad, or neither. */
  readonly more: 'good' | 'bad' | 'neutral';
  /** What it is compared with: `the 7 days before`. */
  readonly before: string;
}

/** Up or down against the time before, and whether that is good. */
export function Trend({ change, says, more, before }: TrendProps) {
  const isSame = Math.abs(change) < 0.005;
  const Arrow = isSame ? IconArrowRight : change > 0 ? IconArrowUpRight : IconArrowDownRight;
  const isGood = more === 'neutral' || isSame ? null : (more === 'good') === change > 0;
  return (
    <Group
      gap={2}
      wrap="nowrap"
      data-trend={isGood === null ? 'same' : isGood ? 'good' : 'bad'}
      title={words.trend(says, before)}
    >
      <Arrow size={15} aria-hidden />
      <Text component="span" size="xs" fw={600} aria-hidden style={{ whiteSpace: 'nowrap' }}>
        {says}
      </Text>
      <VisuallyHidden>{words.trend(says, before)}</VisuallyHidden>
    </Group>
  );
}
