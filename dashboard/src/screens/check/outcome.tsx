import { Anchor, Button, Card, Group, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconBulb, IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Check, Finding } from '../../api/types.ts';
import { text } from '../../text/text.ts';

const words = text.check;
const looks = {
  bad: { color: 'red', Icon: IconAlertTriangle },
  hint: { color: 'yellow', Icon: IconBulb },
  good: { color: 'teal', Icon: IconCheck },
} as const;

export interface OutcomeProps {
  readonly checked: Check;
  readonly target: string;
  readonly websiteId: number;
}

/** The whole of it in one line, and where to go from there. */
export function Outcome({ checked: { url, status, findings }, target, websiteId }: OutcomeProps) {
  const { level, says } = sumUp(findings);
  const { color, Icon } = looks[level];
  const base = `/websites/${websiteId}`;
  return (
    <Card withBorder radius="lg" padding="lg">
      <Group gap="md">
        <ThemeIcon color={color} variant="light" size={44} radius="xl" aria-hidden>
          <Icon size={24} />
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 220 }}>
          <Text fw={650} fz="lg">
            {says}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {words.answered(status)} ·{' '}
            <Anchor href={url} target="_blank" rel="noreferrer" inherit underline="always">
              {url}
            </Anchor>
          </Text>
        </div>
        {level === 'good' ? (
          <Button
            component={Link}
            to={`${base}/page?target=${encodeURIComponent(target)}`}
            variant="default"
            rightSection={<IconArrowRight size={16} aria-hidden />}
          >
            {words.toPage}
          </Button>
        ) : (
          <Button
            component={Link}
            to={`${base}/install`}
            variant={level === 'bad' ? 'filled' : 'default'}
            rightSection={<IconArrowRight size={16} aria-hidden />}
          >
            {words.toInstall}
          </Button>
        )}
      </Group>
    </Card>
  );
}

/** The worst there is decides. */
function sumUp(findings: readonly Finding[]): { level: Finding['level']; says: string } {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const [bad, hints] = [count('bad'), count('hint')];
  if (bad > 0) return { level: 'bad', says: words.wrong(bad) };
  return hints > 0 ? { level: 'hint', says: words.better(hints) } : { level: 'good', says: words.right };
}
