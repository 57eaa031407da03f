import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createProbe, probes } from '../../api/probes.ts';
import { ListOf } from '../../parts/list-of.tsx';
import { sayError } from '../../parts/say.ts';
import { Screen } from '../../parts/screen.tsx';
import { useWebsite } from '../../shell/website-frame.tsx';
import { text } from '../../text/text.ts';
import { OneProbe } from './one-probe.tsx';

const words = text.probe;

/** Probes of a website, and the requests to them. */
export function Component() {
  const { id, role } = useWebsite();
  const query = useQuery(probes(id));
  const client = useQueryClient();
  const mayChange = role !== 'viewer';
  const creating = useMutation({
    mutationFn: () => createProbe(id),
    onSuccess: () => client.invalidateQueries({ queryKey: probes(id).queryKey }),
    onError: sayError,
  });
  const create = (
    <Button
      onClick={() => creating.mutate()}
      loading={creating.isPending}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {words.new}
    </Button>
  );
  return (
    <Screen title={words.title} lead={words.lead} width={860} actions={mayChange ? create : null}>
      {!mayChange && <Text c="dimmed">{words.notForViewers}</Text>}
      <ListOf query={query} lines={2} none={words.none}>
        {(all) => all.map((one) => <OneProbe key={one.id} websiteId={id} probe={one} mayEnd={mayChange} />)}
      </ListOf>
    </Screen>
  );
}
