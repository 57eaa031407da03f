import { Box, Button, Card, Center, Group, Loader, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconWorldPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Website } from '../../api/types.ts';
import { attention, usage } from '../../api/usage.ts';
import { websites } from '../../api/websites.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LatestCards } from '../../parts/latest-cards.tsx';
import { numberOf } from '../../parts/numbers.ts';
import { Screen } from '../../parts/screen.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { WebsiteIcon } from '../../parts/website-icon.tsx';
import { text } from '../../text/text.ts';

const words = text.websites;

/** The websites that one may see. */
export function Component() {
  const { data, error, refetch } = useQuery(websites);
  const add = (
    <Button component={Link} to="/websites/new" leftSection={<IconPlus size={16} />}>
      {words.add}
    </Button>
  );
  return (
    <Screen title={words.title} actions={data?.length ? add : null}>
      {error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : data === undefined ? (
        <Loader />
      ) : data.length === 0 ? (
        <Center mih={320}>
          <Stack align="center" maw={420} ta="center">
            <IconWorldPlus size={48} stroke={1.2} />
            <Title order={2} size="h3">
              {words.none}
            </Title>
            <Text c="dimmed">{words.noneWhy}</Text>
            {add}
          </Stack>
        </Center>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
          {data.map((one) => (
            <WebsiteCard key={one.id} website={one} />
          ))}
        </SimpleGrid>
      )}
    </Screen>
  );
}

function WebsiteCard({ website }: { website: Website }) {
  const since = new Date(website.createdAt).toLocaleDateString('en-GB', { dateStyle: 'medium' });
  const { data: failing } = useQuery(attention(website.id));
  const { data: used } = useQuery(usage(website.id, { days: 30 }));
  const requests = used?.total.requests ?? 0;
  return (
    <Card withBorder component={Link} to={`/websites/${website.id}`} padding="lg" radius="lg">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <WebsiteIcon websiteId={website.id} size={20} />
          <Text fw={650} fz="lg" truncate>
            {website.host}
          </Text>
        </Group>
        {failing !== undefined && failing.failing > 0 && (
          <Group gap={4} wrap="nowrap" c="light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))">
            <IconAlertTriangle size={16} aria-hidden />
            <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
              {words.failing(failing.failing)}
            </Text>
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed" ff="monospace" truncate>
        {website.connectionUrl}
      </Text>
      <Box my="md">
        <LatestCards websiteId={website.id} count={4} />
      </Box>
      <Box mt="auto">
        <Sparkline values={used?.days.map((day) => day.requests) ?? []} color="sea-6" />
      </Box>
      <Group mt={4} justify="space-between">
        <Text size="sm">{requests === 0 ? words.quiet : words.requests(numberOf(requests))}</Text>
        <Text size="sm" c="dimmed">
          {text.roles[website.role]}, {words.since(since)}
        </Text>
      </Group>
    </Card>
  );
}
