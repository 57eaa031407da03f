import { Button, CloseButton, Group, Kbd, Paper, Text, Transition } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { text } from '../../text/text.ts';
import classes from './pages.module.css';

const words = text.pages;

export interface SelectionBarProps {
  readonly count: number;
  readonly purge: () => void;
  readonly clear: () => void;
}

/** What can be done with all that is selected; it stands above the rows, so that none of them moves. */
export function SelectionBar({ count, purge, clear }: SelectionBarProps) {
  return (
    <Transition mounted={count > 0} transition="slide-up" duration={140}>
      {(style) => (
        <Paper
          component="section"
          aria-label={words.selection}
          className={classes['selection'] ?? ''}
          style={style}
          withBorder
          shadow="lg"
          radius="xl"
          py={8}
          pl="lg"
          pr={8}
        >
          <Group gap="md" wrap="nowrap">
            <Text role="status" size="sm" fw={500} style={{ whiteSpace: 'nowrap' }}>
              {words.selected(count)}
            </Text>
            <Button
              size="xs"
              radius="xl"
              leftSection={<IconEraser size={15} />}
              rightSection={
                <Kbd size="xs" visibleFrom="sm">
                  p
                </Kbd>
              }
              aria-keyshortcuts="p"
              onClick={purge}
            >
              {words.purge}
            </Button>
            <CloseButton aria-label={words.unselect} radius="xl" onClick={clear} />
          </Group>
        </Paper>
      )}
    </Transition>
  );
}
