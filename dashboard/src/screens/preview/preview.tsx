import { Center, Stack, Text, Title } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { preview } from '../../api/preview.ts';
import { Screen } from '../../parts/screen.tsx';
import { text } from '../../text/text.ts';
import { Loading } from '../page/loading.tsx';
import { AddressForm } from './address-form.tsx';
import { Looked } from './looked.tsx';
import { WhatToDo } from './what-to-do.tsx';

const words = text.preview;

/** Any page as networks would show its card; its address stands in this screen's own. */
export function Component() {
  const [query, setQuery] = useSearchParams();
  const url = query.get('url') ?? '';
  const { data, error, refetch, isFetching } = useQuery({ ...preview(url), enabled: url !== '' });
  const client = useQueryClient();
  const look = (wanted: string) => {
    // The same page again: as it is now, and its pictures with it.
    if (wanted === url) void client.invalidateQueries({ queryKey: ['preview'] });
    else setQuery({ url: wanted });
  };
  return (
    <Screen title={words.title} lead={words.lead}>
      <AddressForm key={url} url={url} isLooking={isFetching} look={look} />
      {url === '' ? (
        <Center mih={280}>
          <Stack align="center" maw={440} ta="center" gap="xs">
            <IconEye size={48} stroke={1.2} aria-hidden />
            <Title order={2} size="h3">
              {words.empty}
            </Title>
            <Text c="dimmed">{words.emptyWhy}</Text>
          </Stack>
        </Center>
      ) : error ? (
        <WhatToDo error={error} retry={refetch} />
      ) : data ? (
        <Looked looked={data} asked={url} />
      ) : (
        <Loading />
      )}
    </Screen>
  );
}
