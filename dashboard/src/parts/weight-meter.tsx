import { Box, Group, Text } from '@mantine/core';
import type { Consumer } from '../api/types.ts';
import { text } from '../text/text.ts';
import { byteSize } from './byte-size.ts';

const words = text.page.picture;

export interface WeightMeterProps {
  readonly size: number;
  readonly limits: Pick<Consumer, 'soft' | 'max'>;
}

/**
 * A picture's bytes against what a network takes. The left half of the bar is what to aim for, the right half what it
 * still takes: on one scale the first would be too small to see.
 */
export function WeightMeter({ size, limits: { soft, max } }: WeightMeterProps) {
  const part = size <= soft ? (size / soft) * 50 : 50 + ((size - soft) / Math.max(1, max - soft)) * 50;
  const [of, aim, weighs] = [byteSize(max), byteSize(soft), byteSize(size)];
  const [color, says] =
    size > max
      ? ['red', words.over(weighs, of)]
      : size > soft
        ? ['yellow', words.heavy(weighs, of, aim)]
        : ['teal', words.fits(weighs, of, aim)];
  return (
    <Group gap="xs" wrap="nowrap">
      <Box
        pos="relative"
        w={64}
        h={6}
        bg="var(--mantine-color-default-border)"
        style={{ borderRadius: 3, flexShrink: 0 }}
        aria-hidden
      >
        <Box
          h={6}
          w={`${Math.min(100, Math.max(4, part))}%`}
          bg={`var(--mantine-color-${color}-filled)`}
          style={{ borderRadius: 3 }}
        />
        <Box pos="absolute" left="50%" top={-2} w={1} h={10} bg="var(--mantine-color-dimmed)" />
      </Box>
      <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {says}
      </Text>
    </Group>
  );
}
