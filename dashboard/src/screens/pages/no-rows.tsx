import { Button, Center, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileSearch, IconPhotoPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { PageFilter } from '../../api/pages.ts';
import { text } from '../../text/text.ts';

const words = text.pages;

/** Why the table is empty, and what leads on. */
export function NoRows({ filter, base, showAll }: { filter: PageFilter; base: string; showAll: () => void }) {
  const isAll = filter.search === '' && filter.state === null;
  const Picture = isAll ? IconPhotoPlus : IconFileSearch;
  return (
    <Center mih={340}>
      <Stack align="center" maw={440} ta="center">
        <Picture size={48} stroke={1.2} aria-hidden />
        <Title order={2} size="h3">
          {isAll ? words.none : words.nothing}
        </Title>
        <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {isAll ? words.noneWhy : why(filter)}
        </Text>
        {isAll ? (
          <Group justify="center">
            <Button component={Link} to={`${base}/install`}>
              {words.toInstall}
            </Button>
            <Button component={Link} to={`${base}/check`} variant="default">
              {words.toCheck}
            </Button>
          </Group>
        ) : (
          <Button variant="default" onClick={showAll}>
            {words.showAll}
          </Button>
        )}
      </Stack>
    </Center>
  );
}

function why({ search, state }: PageFilter): string {
  if (state === null) return words.nothingWith(search);
  return search === '' ? words.nothingIn[state] : words.nothingWithIn(search, words.states[state]);
}
