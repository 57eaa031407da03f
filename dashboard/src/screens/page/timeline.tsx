import { Group, Timeline as Line, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBrush,
  IconClockExclamation,
  IconEqual,
  IconEraser,
  IconFileCheck,
  IconGhost2,
  IconTagStarred,
} from '@tabler/icons-react';
import type { Decision } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { Verdict } from './verdict.tsx';

const words = text.page.timeline;
const looks = {
  drawn: { color: 'sea', Icon: IconBrush },
  revalidated: { color: 'teal', Icon: IconFileCheck },
  'same-version': { color: 'teal', Icon: IconTagStarred },
  'same-document': { color: 'teal', Icon: IconEqual },
  stale: { color: 'yellow', Icon: IconClockExclamation },
  failed: { color: 'red', Icon: IconAlertTriangle },
  gone: { color: 'gray', Icon: IconGhost2 },
  purged: { color: 'grape', Icon: IconEraser },
} as const;

/** What was decided about the page, newest first, and why. */
export function Timeline({ decisions }: { decisions: readonly Decision[] }) {
  return (
    <Section title={words.title} lead={words.lead}>
      {decisions.length === 0 ? (
        <Text c="dimmed">{words.none}</Text>
      ) : (
        <Line bulletSize={30} lineWidth={2} style={{ overflowWrap: 'anywhere' }}>
          {decisions.map((decision) => (
            <Item key={`${decision.at} ${decision.kind} ${decision.consumer}`} decision={decision} />
          ))}
        </Line>
      )}
    </Section>
  );
}

function Item({ decision: { at, kind, consumer, status, explanation, failure } }: { decision: Decision }) {
  const labelOf = useConsumerLabel();
  const { color, Icon } = looks[kind];
  const facts = [
    ...(consumer === null ? [] : [words.forWhom(labelOf(consumer))]),
    ...(status === null ? [] : [words.status(status)]),
  ];
  return (
    <Line.Item
      bullet={<Icon size={16} aria-hidden />}
      color={color}
      lineVariant="solid"
      title={
        <Group gap={8} justify="space-between" wrap="nowrap" align="baseline">
          <Text fw={600} size="sm">
            {words.kinds[kind]}
          </Text>
          <When at={at} c="dimmed" size="xs" style={{ whiteSpace: 'nowrap' }} />
        </Group>
      }
    >
      {facts.length > 0 && (
        <Text size="sm" c="dimmed">
          {facts.join(', ')}
        </Text>
      )}
      {failure !== null && (
        <Text size="sm" c="var(--mantine-color-error)">
          {failure}
        </Text>
      )}
      {explanation !== null && <Verdict explanation={explanation} />}
    </Line.Item>
  );
}
