import { Box, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useId, useState } from 'react';
import { text } from '../text/text.ts';

export interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What can be chosen here, beside the title. */
  readonly actions?: ReactNode;
  /** Without a frame of its own, where what is in it has one. */
  readonly bare?: boolean;
  /** On a phone, only its heading is there at first. */
  readonly foldsOnPhone?: boolean;
  readonly children: ReactNode;
}

/** A part of a screen, with its heading. */
export function Section({ title, lead, actions, bare = false, foldsOnPhone = false, children }: SectionProps) {
  const id = useId();
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const [isOpen, setOpen] = useState(false);
  const folds = foldsOnPhone && isPhone;
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
        {folds && (
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
      {(!folds || isOpen) && children}
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
