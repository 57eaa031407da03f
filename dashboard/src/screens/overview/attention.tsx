import { Anchor, Card, Group, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { attention } from '../../api/usage.ts';
import { useConsumerLabel } from '../../parts/consumer-label.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { readableTarget } from '../../parts/readable-target.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import classes from './overview.module.css';

const words = text.overview;

/** What is wrong, before all numbers; that nothing is, is said too. */
export function Attention({ websiteId }: { websiteId: number }) {
  const { data, error, refetch } = useQuery(attention(websiteId));
  const labelOf = useConsumerLabel();
  const base = `/websites/${websiteId}`;
  if (error && !data) return <ErrorNote error={error} retry={refetch} />;
  if (data === undefined) return <Skeleton h={52} radius="lg" />;
  if (data.failing === 0) {
    return (
      <Card withBorder radius="lg" py="sm" className={classes['card'] ?? ''}>
        <Group gap="sm" wrap="nowrap">
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
  return (
    <Card component="section" aria-label={words.attention} withBorder radius="lg" className={classes['card'] ?? ''}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" color="red" radius="xl" size={30} aria-hidden>
            <IconAlertTriangle size={17} />
          </ThemeIcon>
          <div style={{ flex: 1 }}>
            <Title order={2} size="h4">
              {words.failing(data.failing)}
            </Title>
            <Text size="sm" c="dimmed">
              {words.failingWhy}
            </Text>
          </div>
        </Group>
        <ul className={classes['failures']}>
          {data.failures.map(({ target, at, failure, consumer }) => (
            <li key={target}>
              <Anchor
                component={Link}
                to={`${base}/page?target=${encodeURIComponent(target)}`}
                size="sm"
                fw={500}
                truncate
                title={readableTarget(target)}
              >
                {readableTarget(target)}
              </Anchor>
              <Text size="sm" className={classes['failure'] ?? ''}>
                {failure}
                {consumer !== null && ` ${words.failedFor(labelOf(consumer))}`}
              </Text>
              <When at={at} size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }} />
            </li>
          ))}
        </ul>
        {data.failing > data.failures.length && (
          <Anchor component={Link} to={`${base}/pages?state=failing`} size="sm">
            {words.allFailing}
          </Anchor>
        )}
      </Stack>
    </Card>
  );
}
