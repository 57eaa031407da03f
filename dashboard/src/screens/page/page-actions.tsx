import { ActionIcon, Button, Group, Kbd, Menu, Text, Tooltip } from '@mantine/core';
import { IconBrush, IconChevronDown, IconEraser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { consumers } from '../../api/consumers.ts';
import { NetworkIcon } from '../../parts/network-icon.tsx';
import { text } from '../../text/text.ts';
import type { Wanted } from './use-drawing.ts';

const words = text.page;

export interface PageActionsProps {
  readonly purge: () => void;
  readonly isPurging: boolean;
  readonly draw: (wanted: Wanted) => void;
  readonly isDrawing: boolean;
}

/** What an editor may do with the page. */
export function PageActions({ purge, isPurging, draw, isDrawing }: PageActionsProps) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="default"
        px="sm"
        leftSection={<IconEraser size={16} />}
        rightSection={
          <Kbd size="xs" visibleFrom="sm">
            p
          </Kbd>
        }
        aria-keyshortcuts="p"
        loading={isPurging}
        disabled={isDrawing}
        onClick={purge}
      >
        {words.purge}
      </Button>
      <Group gap={1} wrap="nowrap">
        <Tooltip label={words.drawWhy} w={240} multiline openDelay={400}>
          <Button
            px="sm"
            leftSection={<IconBrush size={16} />}
            rightSection={
              <Kbd size="xs" visibleFrom="sm">
                d
              </Kbd>
            }
            aria-keyshortcuts="d"
            loading={isDrawing}
            onClick={() => draw('all')}
            style={{ borderStartEndRadius: 0, borderEndEndRadius: 0 }}
          >
            {words.drawAll}
          </Button>
        </Tooltip>
        <ConsumerMenu draw={draw} isDrawing={isDrawing} />
      </Group>
    </Group>
  );
}

function ConsumerMenu({ draw, isDrawing }: Pick<PageActionsProps, 'draw' | 'isDrawing'>) {
  const { data = [] } = useQuery(consumers);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon
          size={36}
          disabled={isDrawing}
          aria-label={words.drawChoose}
          style={{ borderStartStartRadius: 0, borderEndStartRadius: 0 }}
        >
          <IconChevronDown size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {data.map(({ name, label, width, height }) => (
          <Menu.Item
            key={name}
            leftSection={<NetworkIcon consumer={name} size={16} />}
            rightSection={
              <Text size="xs" c="dimmed">
                {words.picture.pixels(width, height)}
              </Text>
            }
            onClick={() => draw({ consumer: name })}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
