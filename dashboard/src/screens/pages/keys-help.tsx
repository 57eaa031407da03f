import { Group, Kbd, Stack, Text } from '@mantine/core';
import { text } from '../../text/text.ts';

const words = text.pages;

/** Every shortcut. @param mayPurge viewers may neither select nor purge. */
export function KeysHelp({ mayPurge }: { mayPurge: boolean }) {
  const keys: ReadonlyArray<readonly [readonly string[], string]> = [
    [['/'], words.key.search],
    [['↑', '↓'], words.key.move],
    [['Home', 'End'], words.key.ends],
    [['Enter'], words.key.open],
    ...(mayPurge
      ? ([
          [['Space'], words.key.select],
          [['Shift', 'Space'], words.key.range],
          [['Ctrl', 'A'], words.key.all],
          [['p'], words.key.purge],
        ] as const)
      : []),
    [['Esc'], words.key.leave],
    [['?'], words.key.help],
  ];
  return (
    <Stack gap="sm">
      {keys.map(([names, does]) => (
        <Group key={does} justify="space-between" wrap="nowrap">
          <Text size="sm">{does}</Text>
          <Group gap={4} wrap="nowrap">
            {names.map((name) => (
              <Kbd key={name}>{name}</Kbd>
            ))}
          </Group>
        </Group>
      ))}
      <Text size="xs" c="dimmed" mt="xs">
        {words.keysOff}
      </Text>
    </Stack>
  );
}
