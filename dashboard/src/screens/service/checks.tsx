import { Button, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconBulb, IconCheck, IconStethoscope } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { examineService } from '../../api/service.ts';
import type { Examination } from '../../api/types.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Line, Lines } from '../../parts/lines.tsx';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.service;
const order = ['bad', 'hint'] as const;
const looks = {
  bad: { color: 'red', Icon: IconAlertTriangle },
  hint: { color: 'yellow', Icon: IconBulb },
  good: { color: 'teal', Icon: IconCheck },
} as const;

/** What doctor finds on the node that answers, once it is asked to look. */
export function Checks() {
  const running = useMutation({ mutationFn: examineService });
  const { data } = running;
  return (
    <Section
      title={words.checks}
      lead={words.checksLead}
      actions={
        <Button
          variant="light"
          loading={running.isPending}
          onClick={() => running.mutate()}
          leftSection={<IconStethoscope size={16} aria-hidden />}
        >
          {data === undefined ? words.run : words.runAgain}
        </Button>
      }
    >
      {running.isError && <ErrorNote error={running.error} />}
      {data !== undefined && <Found examination={data} />}
    </Section>
  );
}

function Found({ examination: { at, checks } }: { examination: Examination }) {
  const [isOpen, setOpen] = useState(false);
  const good = checks.filter(({ level }) => level === 'good');
  const others = order.flatMap((level) => checks.filter((check) => check.level === level));
  const shown = isOpen ? [...others, ...good] : others;
  return (
    <Stack gap="md" align="stretch">
      <Text size="sm" role="status">
        {others.length === 0 ? words.allGood(good.length) : words.someGood(good.length, checks.length)} {words.ran}{' '}
        <When at={at} />.
      </Text>
      {shown.length > 0 && (
        <Lines label={words.checks}>
          {shown.map((check) => (
            <CheckLine key={check.name} check={check} />
          ))}
        </Lines>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        px={0}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setOpen(!isOpen)}
        aria-expanded={isOpen}
      >
        {isOpen ? words.hideGood : words.showGood}
      </Button>
    </Stack>
  );
}

function CheckLine({ check: { name, level, says, mend } }: { check: Examination['checks'][number] }) {
  const { color, Icon } = looks[level];
  const mark = (
    <ThemeIcon variant="light" color={color} radius="xl" size={26} role="img" aria-label={words.levels[level]}>
      <Icon size={15} aria-hidden />
    </ThemeIcon>
  );
  return (
    <Line mark={mark}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Text span inherit fw={600}>
          {name}
        </Text>
        : {says}
      </Text>
      {mend !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {mend}
        </Text>
      )}
    </Line>
  );
}
