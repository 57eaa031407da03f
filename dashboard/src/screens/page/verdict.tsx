import { Collapse, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useId } from 'react';
import type { Explanation as Judged } from '../../api/types.ts';
import { Explanation } from '../../parts/explanation.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { text } from '../../text/text.ts';

export interface VerdictProps {
  readonly explanation: Judged;
  /** The verdict itself stands above already. */
  readonly isSaid?: boolean;
}

/** What happens with the card and which header decided; the rest of the reasons when asked for. */
export function Verdict({ explanation, isSaid = false }: VerdictProps) {
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  const { verdict, reasons, ignored, advice } = explanation;
  const [decided, ...more] = reasons;
  const hasMore = more.length + ignored.length + advice.length > 0;
  return (
    <Stack gap={6} align="flex-start">
      {!isSaid && (
        <Text size="sm">
          <Sentence>{verdict}</Sentence>
        </Text>
      )}
      {decided !== undefined && (
        <Text size="sm" c="dimmed">
          <Sentence>{decided}</Sentence>
        </Text>
      )}
      {hasMore && (
        <UnstyledButton
          onClick={toggle}
          aria-expanded={opened}
          aria-controls={id}
          fz="sm"
          c="var(--mantine-primary-color-light-color)"
          fw={500}
        >
          {opened ? text.page.timeline.less : text.page.why}
          <IconChevronDown
            size={14}
            style={{ verticalAlign: -2, marginInlineStart: 4, rotate: opened ? '180deg' : '0deg' }}
            aria-hidden
          />
        </UnstyledButton>
      )}
      <Collapse expanded={opened} id={id}>
        <Explanation explanation={{ ...explanation, reasons: more }} isRest />
      </Collapse>
    </Stack>
  );
}
