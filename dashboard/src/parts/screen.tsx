import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { text } from '../text/text.ts';

export interface ScreenProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What can be done here, beside the title. */
  readonly actions?: ReactNode;
  /** CSS pixels; as wide as the window without it. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** A screen with its heading; the window's title is the same. */
export function Screen({ title, lead, actions, width, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · ${text.product}`;
  }, [title]);
  return (
    <Stack gap="xl" maw={width}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex={1} miw={240}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" mt={6}>
              {lead}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}
