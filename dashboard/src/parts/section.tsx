import { Box, Card, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What can be chosen here, beside the title. */
  readonly actions?: ReactNode;
  /** Without a frame of its own, where what is in it has one. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** A part of a screen, with its heading. */
export function Section({ title, lead, actions, bare = false, children }: SectionProps) {
  const id = useId();
  const content = (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box flex={1} miw={200}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text size="sm" c="dimmed" mt={2}>
              {lead}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Stack>
  );
  return bare ? (
    <section aria-labelledby={id}>{content}</section>
  ) : (
    <Card component="section" aria-labelledby={id} withBorder radius="lg" padding="lg" h="100%">
      {content}
    </Card>
  );
}
