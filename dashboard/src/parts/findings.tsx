import { Code, Group, List, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconBulb, IconCheck } from '@tabler/icons-react';
import type { Fault } from '../../../server/src/model/fault.ts';
import type { Mend } from '../../../server/src/snippets/mend.ts';
import type { Finding } from '../api/types.ts';
import { text } from '../text/text.ts';
import { FixIt } from './fix-it.tsx';
import { Sentence } from './sentence.tsx';

const words = text.judged;
const looks = {
  bad: { color: 'red', Icon: IconAlertTriangle },
  hint: { color: 'yellow', Icon: IconBulb },
  good: { color: 'teal', Icon: IconCheck },
} as const;
const order = ['bad', 'hint', 'good'] as const;

export interface FindingsProps {
  readonly findings: readonly Finding[];
  /** What mends a fault; without it, of a page of no website of ours. */
  readonly mendOf?: (fault: Fault) => Mend;
}

/** What is found of a page's tags, worst first, each with what mends it. */
export function Findings({ findings, mendOf }: FindingsProps) {
  if (findings.length === 0) return <Text c="dimmed">{words.noFindings}</Text>;
  const sorted = order.flatMap((level) => findings.filter((finding) => finding.level === level));
  return (
    <List listStyleType="none" spacing="sm" role="list">
      {sorted.map((finding, nth) => (
        <List.Item
          key={`${finding.tag} ${finding.says}`}
          styles={{ itemWrapper: { display: 'block' }, itemLabel: { width: '100%' } }}
        >
          <FindingLine finding={finding} mendOf={mendOf} isFirst={nth === 0} />
        </List.Item>
      ))}
    </List>
  );
}

interface FindingLineProps {
  readonly finding: Finding;
  readonly mendOf: FindingsProps['mendOf'];
  readonly isFirst: boolean;
}

function FindingLine({ finding: { tag, level, says, fault }, mendOf, isFirst }: FindingLineProps) {
  const { color, Icon } = looks[level];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={color} size={26} radius="xl" role="img" aria-label={words.levels[level]}>
        <Icon size={15} aria-hidden />
      </ThemeIcon>
      <Stack gap={2} miw={0} pt={2} flex={1}>
        <Code w="fit-content" fw={600}>
          {tag}
        </Code>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }} {...(level === 'good' ? { c: 'dimmed' } : {})}>
          <Sentence>{says}</Sentence>
        </Text>
        {fault !== null && mendOf !== undefined && (
          <FixIt mend={mendOf(fault)} of={`${tag}, ${says}`} isOpenAtFirst={isFirst} />
        )}
      </Stack>
    </Group>
  );
}
