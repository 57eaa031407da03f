import { Button, Card, Center, Group, Loader, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconWorldPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Website } from '../../api/types.ts';
import { websites } from '../../api/websites.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Screen } from '../../parts/screen.tsx';
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
  return (
    <Card withBorder component={Link} to={`/websites/${website.id}`} padding="lg" radius="lg">
      <Text fw={650} fz="lg" truncate>
        {website.host}
      </Text>
      <Text size="sm" c="dimmed" ff="monospace" truncate>
        {website.connectionUrl}
      </Text>
      <Group mt="md" justify="space-between">
        <Text size="sm">{text.roles[website.role]}</Text>
        <Text size="sm" c="dimmed">
          {words.since(since)}
        </Text>
      </Group>
    </Card>
  );
}
