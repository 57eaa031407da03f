import { Button, Group, Timeline as Line, Text } from '@mantine/core';
import {
  IconAdjustments,
  IconAlertTriangle,
  IconBrush,
  IconBrushOff,
  IconClockExclamation,
  IconEqual,
  IconEraser,
  IconFileCheck,
  IconGhost2,
  IconTagStarred,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Decision } from '../../api/types.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { Section } from '../../parts/section.tsx';
import { useIsNarrow } from '../../parts/use-is-narrow.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { alike } from './alike.ts';
import { Verdict } from './verdict.tsx';

const words = text.page.timeline;
const looks = {
  drawn: { color: 'sea', Icon: IconBrush },
  unfinished: { color: 'orange.8', Icon: IconBrushOff },
  revalidated: { color: 'teal.8', Icon: IconFileCheck },
  'same-version': { color: 'teal.8', Icon: IconTagStarred },
  'same-document': { color: 'teal.8', Icon: IconEqual },
  stale: { color: 'yellow.6', Icon: IconClockExclamation },
  failed: { color: 'red.8', Icon: IconAlertTriangle },
  gone: { color: 'gray.7', Icon: IconGhost2 },
  purged: { color: 'grape.8', Icon: IconEraser },
  'settings-changed': { color: 'grape.8', Icon: IconAdjustments },
} as const;

// The others are a press away.
const shownAtFirst = { narrow: 1, wide: 2 };

/** What was decided about the page, newest first, and why. */
export function Timeline({ decisions }: { decisions: readonly Decision[] }) {
  const labelOf = useConsumerLabel();
  const all = alike(decisions);
  const [isWhole, setWhole] = useState(false);
  const few = shownAtFirst[useIsNarrow() ? 'narrow' : 'wide'];
  const groups = isWhole ? all : all.slice(0, few);
  const older = all.length - groups.length;
  return (
    <Section title={words.title} lead={words.lead}>
      {groups.length === 0 ? (
        <Text c="dimmed">{words.none}</Text>
      ) : (
        <Line bulletSize={30} lineWidth={2} active={groups.length} style={{ overflowWrap: 'anywhere' }}>
          {groups.map(({ newest, consumers }) => {
            const { color, Icon } = looks[newest.kind];
            return (
              <Line.Item
                key={`${newest.at} ${newest.kind}`}
                bullet={<Icon size={16} aria-hidden />}
                color={color}
                title={<Heading decision={newest} forWhom={timesEach(consumers.map(labelOf))} />}
              >
                <Reason decision={newest} />
              </Line.Item>
            );
          })}
        </Line>
      )}
      {older > 0 && (
        <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} onClick={() => setWhole(true)}>
          {words.older(older)}
        </Button>
      )}
    </Section>
  );
}

function Heading({ decision: { at, kind, status, by }, forWhom }: { decision: Decision; forWhom: string }) {
  const facts = [
    ...(by === null ? [] : [words.by(text.auditLog.actor(by))]),
    ...(forWhom === '' ? [] : [words.forWhom(forWhom)]),
    ...(status === null ? [] : [words.status(status)]),
  ];
  return (
    <Group gap="0 md" justify="space-between" align="baseline">
      <Text size="sm" c="dimmed" flex="1 1 220px">
        <Text span inherit fw={600} c="var(--mantine-color-text)">
          {words.kinds[kind]}
        </Text>{' '}
        {facts.join('; ')}
      </Text>
      <When at={at} c="dimmed" size="xs" style={{ whiteSpace: 'nowrap' }} />
    </Group>
  );
}

function Reason({ decision: { explanation, failure, remarks } }: { decision: Decision }) {
  return (
    <>
      {failure !== null && (
        <Text size="sm" c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))">
          {failure}
        </Text>
      )}
      {remarks.map((remark) => (
        <Text key={remark} size="sm">
          {remark}
        </Text>
      ))}
      {explanation !== null && <Verdict explanation={explanation} />}
    </>
  );
}

/** `['X', 'Slack', 'X']` as `X (twice) and Slack`. */
function timesEach(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return text.time.list([...counts].map(([label, count]) => (count === 1 ? label : words.times(label, count))));
}
