import { Code, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconBulb, IconCheck } from '@tabler/icons-react';
import type { Finding } from '../api/types.ts';
import { text } from '../text/text.ts';
import { Sentence } from './sentence.tsx';

const words = text.judged;
const looks = {
  bad: { color: 'red', Icon: IconAlertTriangle },
  hint: { color: 'yellow', Icon: IconBulb },
  good: { color: 'teal', Icon: IconCheck },
} as const;
const order = ['bad', 'hint', 'good'] as const;

/** What is found of a page's tags, worst first. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <Text c="dimmed">{words.noFindings}</Text>;
  const sorted = order.flatMap((level) => findings.filter((finding) => finding.level === level));
  return (
    <List listStyleType="none" spacing="sm" role="list">
      {sorted.map(({ tag, level, says }) => (
        <List.Item key={`${tag} ${says}`} styles={{ itemWrapper: { display: 'block' }, itemLabel: { width: '100%' } }}>
          <FindingLine tag={tag} level={level} says={says} />
        </List.Item>
      ))}
    </List>
  );
}

function FindingLine({ tag, level, says }: Finding) {
  const { color, Icon } = looks[level];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={color} size={26} radius="xl" role="img" aria-label={words.levels[level]}>
        <Icon size={15} aria-hidden />
      </ThemeIcon>
      <Stack gap={2} miw={0} pt={2}>
        <Code w="fit-content" fw={600}>
          {tag}
        </Code>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }} {...(level === 'good' ? { c: 'dimmed' } : {})}>
          <Sentence>{says}</Sentence>
        </Text>
      </Stack>
    </Group>
  );
}
