import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createKey, keys } from '../../api/keys.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { KeyOnce } from '../../parts/key-once.tsx';
import { sayError } from '../../parts/say.ts';
import { Screen } from '../../parts/screen.tsx';
import { Section } from '../../parts/section.tsx';
import { SkeletonLines } from '../../parts/skeleton-lines.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { KeyList } from './key-list.tsx';

const words = text.keys;

/** A website's keys. */
export function Component() {
  const { id, role } = useWebsite();
  const mayLook = role !== 'viewer';
  const { data, error, refetch } = useQuery({ ...keys(id), enabled: mayLook });
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: () => createKey(id),
    // The newest good key belongs to the website itself.
    onSuccess: () => client.invalidateQueries({ queryKey: ['websites', id] }),
    onError: sayError,
  });
  const create = (
    <Button onClick={() => making.mutate()} loading={making.isPending} leftSection={<IconPlus size={16} aria-hidden />}>
      {words.create}
    </Button>
  );
  // Another one would take the place of the key that is shown.
  const mayCreate = role === 'owner' && making.data === undefined;
  return (
    <Screen title={words.title} lead={words.lead} width={860} actions={mayCreate ? create : null}>
      {making.data && <KeyOnce made={making.data} done={making.reset} />}
      {!mayLook ? (
        <Text>{words.notForViewers}</Text>
      ) : error ? (
        <ErrorNote error={error} retry={refetch} />
      ) : data ? (
        <KeyList websiteId={id} keys={data} mayRevoke={role === 'owner'} />
      ) : (
        <Section title={words.good}>
          <SkeletonLines count={2} />
        </Section>
      )}
    </Screen>
  );
}
