import { Anchor, Box, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { text } from '../text/text.ts';

export interface ScreenProps {
  readonly title: string;
  /** Before the title. */
  readonly mark?: ReactNode;
  readonly lead?: ReactNode;
  /** Where this screen is a part of. */
  readonly back?: { readonly to: string; readonly label: string };
  /** What can be done here, beside the title. */
  readonly actions?: ReactNode;
  /** CSS pixels; as wide as the window without it. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** A screen with its heading; the window's title is the same. */
export function Screen({ title, mark, lead, back, actions, width, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · ${text.product}`;
  }, [title]);
  return (
    <Stack gap="xl" maw={width}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex={1} miw={240}>
          {back !== undefined && (
            <Anchor component={Link} to={back.to} size="sm" display="inline-block" mb={4}>
              <IconArrowLeft size={14} style={{ verticalAlign: -2 }} aria-hidden /> {back.label}
            </Anchor>
          )}
          <Group gap="sm" wrap="nowrap">
            {mark}
            <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
          </Group>
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
