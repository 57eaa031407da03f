import { Box, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { text } from '../text/text.ts';
import { useIsNarrow } from './use-is-narrow.ts';

export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What can be chosen here, beside the title. */
  readonly actions?: ReactNode;
  /** Without a frame of its own, where what is in it has one. */
  readonly bare?: boolean;
  /** Where only its heading is there at first. */
  readonly folds?: 'everywhere' | 'where narrow';
  readonly children: ReactNode;
}

/** A part of a screen, with its heading. */
export function Section({ title, lead, actions, bare = false, folds, children }: SectionProps) {
  const id = useId();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const isFolded = folds === 'everywhere' || (folds === 'where narrow' && isNarrow);
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
        {isFolded && (
          <Button
            size="xs"
            variant="default"
            aria-expanded={isOpen}
            aria-describedby={id}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? text.actions.hide : text.actions.show}
          </Button>
        )}
      </Group>
      {(!isFolded || isOpen) && children}
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
