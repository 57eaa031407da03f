import { Button, Card, Code, CopyButton, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Website } from '../../api/types.ts';
import { text } from '../../text/text.ts';
import classes from './overview.module.css';

const words = text.overview;
const { steps } = words;

/** Shown instead of empty charts: the steps to the first card. */
export function GettingStarted({ website }: { website: Website }) {
  const base = `/websites/${website.id}`;
  const command = `curl -o card.png \\\n  ${website.connectionUrl}/`;
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} size="h3">
          {words.start}
        </Title>
        <Text c="dimmed" mt={4}>
          {words.startWhy}
        </Text>
      </div>
      <SimpleGrid component="ol" cols={{ base: 1, lg: 3 }} spacing="md" m={0} p={0} style={{ listStyle: 'none' }}>
        <Step number={1} title={steps.paste} why={steps.pasteWhy}>
          <Button component={Link} to={`${base}/install`}>
            {steps.install}
          </Button>
        </Step>
        <Step number={2} title={steps.check} why={steps.checkWhy}>
          <Button component={Link} to={`${base}/check`} variant="default">
            {steps.toCheck}
          </Button>
        </Step>
        <Step number={3} title={steps.share} why={steps.shareWhy}>
          <Code block className={classes['command'] ?? ''} tabIndex={0}>
            {command}
          </Code>
          <Group gap="xs">
            <Copy value={command} label={steps.copyCommand} />
            <Copy value={website.connectionUrl} label={steps.copyAddress} />
          </Group>
        </Step>
      </SimpleGrid>
    </Stack>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly why: string;
  readonly children: ReactNode;
}

function Step({ number, title, why, children }: StepProps) {
  return (
    <Card component="li" withBorder radius="lg" padding="lg" className={classes['card'] ?? ''}>
      <Stack gap="sm" h="100%" align="stretch">
        <Group gap="sm" wrap="nowrap">
          <span className={classes['number']} aria-hidden>
            {number}
          </span>
          <Title order={3} size="h4">
            {title}
          </Title>
        </Group>
        <Text size="sm" c="dimmed">
          {why}
        </Text>
        <Stack gap="sm" mt="auto" align="stretch">
          {children}
        </Stack>
      </Stack>
    </Card>
  );
}

function Copy({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        >
          {copied ? text.actions.copied : label}
        </Button>
      )}
    </CopyButton>
  );
}
