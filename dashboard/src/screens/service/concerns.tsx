import { Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconBulb, IconCircleCheck } from '@tabler/icons-react';
import type { Concern } from '../../api/types.ts';
import { text } from '../../text/text.ts';
import classes from './service.module.css';

const words = text.service;
const looks = {
  bad: { color: 'red', Icon: IconAlertTriangle },
  hint: { color: 'yellow', Icon: IconBulb },
} as const;

/** What is wrong, before all numbers, each with what to do; that nothing is, is said too. */
export function Concerns({ concerns }: { concerns: readonly Concern[] }) {
  if (concerns.length === 0) {
    return (
      <Card withBorder radius="lg" py="sm" className={classes['card'] ?? ''}>
        <Group gap="sm" wrap="nowrap" role="status">
          <ThemeIcon variant="light" color="teal" radius="xl" size={28} aria-hidden>
            <IconCircleCheck size={17} />
          </ThemeIcon>
          <Text size="sm" fw={500}>
            {words.good}
          </Text>
        </Group>
      </Card>
    );
  }
  const bad = concerns.filter(({ level }) => level === 'bad').length;
  return (
    <Card component="section" aria-label={words.attention} withBorder radius="lg" className={classes['card'] ?? ''}>
      <Stack gap="sm">
        <Title order={2} size="h4" role="status">
          {words.concerns(bad, concerns.length - bad)}
        </Title>
        <ul className={classes['concerns']}>
          {concerns.map(({ level, says, mend, node }) => {
            const { color, Icon } = looks[level];
            return (
              <li key={`${node} ${says}`}>
                <Group gap="sm" wrap="nowrap" align="flex-start">
                  <ThemeIcon
                    variant="light"
                    color={color}
                    radius="xl"
                    size={26}
                    role="img"
                    aria-label={words.levels[level]}
                  >
                    <Icon size={15} aria-hidden />
                  </ThemeIcon>
                  <Stack gap={2} miw={0} pt={2}>
                    <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
                      {node !== null && `${words.on(node)}: `}
                      {says}
                    </Text>
                    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {mend}
                    </Text>
                  </Stack>
                </Group>
              </li>
            );
          })}
        </ul>
      </Stack>
    </Card>
  );
}
