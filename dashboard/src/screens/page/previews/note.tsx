import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { consumers } from '../../../api/consumers.ts';
import { WeightMeter } from '../../../parts/weight-meter.tsx';
import { text } from '../../../text/text.ts';
import { formatOf } from './format-of.ts';

const words = text.networks;

export interface NoteProps {
  readonly consumer: string;
  /** Whose picture it is, and what else there is to say of it; nothing where the frame says it. */
  readonly says?: string;
  readonly picture?: { type: string; size: number; width: number; height: number } | undefined;
  readonly label: string;
  /** Draws the network's own; nothing where it is there, or may not be drawn. */
  readonly drawOwn?: (() => void) | undefined;
  /** It is being drawn. */
  readonly isBusy?: boolean;
  /** Something else is. */
  readonly isDisabled?: boolean;
}

/** Below a preview: whose picture it shows, and its weight against what the network takes. */
export function Note({ consumer, says, picture, label, drawOwn, isBusy = false, isDisabled = false }: NoteProps) {
  const { data = [] } = useQuery(consumers);
  const limits = data.find(({ name }) => name === consumer);
  return (
    <Stack gap={4} mt={10}>
      {(says !== undefined || drawOwn) && (
        <Group gap="xs" justify="space-between" wrap="nowrap" mih={22}>
          <Text size="xs" c="dimmed">
            {says}
            {says !== undefined && picture && `, ${formatOf(picture)}`}
          </Text>
          {drawOwn && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconBrush size={13} />}
              loading={isBusy}
              disabled={isDisabled}
              aria-label={words.drawOwn(label)}
              onClick={drawOwn}
              style={{ flexShrink: 0 }}
            >
              {words.draw}
            </Button>
          )}
        </Group>
      )}
      {picture && limits && <WeightMeter size={picture.size} limits={limits} />}
    </Stack>
  );
}
