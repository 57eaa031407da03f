import { Progress as Bar, Group, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { millisecondsOf } from '../../parts/span-of.ts';
import { text } from '../../text/text.ts';
import type { Progress } from './use-drawing.ts';

const words = text.page.progress;

/** How far a drawing is, in a line that is always there: before one begins it says what is so. */
export function ProgressLine({ progress, otherwise }: { progress: Progress; otherwise: ReactNode }) {
  return (
    <Group gap="xs" mih={24} wrap="nowrap" role="status" aria-label={words.label}>
      <Line progress={progress} otherwise={otherwise} />
    </Group>
  );
}

function Line({ progress, otherwise }: { progress: Progress; otherwise: ReactNode }) {
  const labelOf = useConsumerLabel();
  switch (progress.kind) {
    case 'idle':
      return (
        <Text size="sm" c="dimmed" component="div">
          {otherwise}
        </Text>
      );
    case 'drawing': {
      const { consumer, nth, count } = progress;
      const drawing = count === 1 && consumer === 'generic' ? words.drawing : words.drawingFor(labelOf(consumer));
      return (
        <>
          <Loader size={16} />
          <Text size="sm">{drawing}…</Text>
          {count > 1 && (
            <>
              <Bar value={((nth - 1) / count) * 100} w={120} size="sm" aria-label={words.label} />
              <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
                {words.nth(nth, count)}
              </Text>
            </>
          )}
        </>
      );
    }
    case 'done': {
      const { ms, count, fetchMs, renderMs } = progress;
      const part = (duration: number | null) => (duration === null ? null : millisecondsOf(duration));
      const says =
        count === 1
          ? words.done(millisecondsOf(ms), part(fetchMs), part(renderMs))
          : words.allDone(count, millisecondsOf(ms));
      return (
        <>
          <IconCheck size={18} color="var(--mantine-color-teal-filled)" aria-hidden />
          <Text size="sm">{says}</Text>
        </>
      );
    }
    case 'failed':
      return (
        <>
          <IconAlertTriangle size={18} color="var(--mantine-color-error)" aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <strong>{progress.title}:</strong> {progress.detail}
          </Text>
        </>
      );
  }
}
