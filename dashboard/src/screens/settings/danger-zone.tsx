import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { purge } from '../../api/purges.ts';
import type { Website } from '../../api/types.ts';
import { confirmByHost } from '../../parts/confirm-by-host.tsx';
import { say, sayError } from '../../parts/say.ts';
import { text } from '../../text/text.ts';
import classes from './settings.module.css';
import { useRemoval } from './use-removal.ts';

const words = text.settings.danger;

/** What an owner should do on purpose alone. */
export function DangerZone({ website }: { website: Website }) {
  const id = useId();
  const { host } = website;
  const client = useQueryClient();
  const purging = useMutation({
    mutationFn: () => purge(website.id, { kind: 'website' }),
    onSuccess: async () => {
      say(words.purged);
      await client.invalidateQueries({ queryKey: ['websites', website.id] });
    },
    onError: sayError,
  });
  const removal = useRemoval(website);
  const askToPurge = () =>
    confirmByHost({
      host,
      title: words.purgeTitle(host),
      why: words.purgeConfirm(host),
      action: words.purge,
      onConfirm: () => purging.mutate(),
    });
  const askToRemove = () =>
    confirmByHost({
      host,
      title: words.removeTitle(host),
      why: words.removeConfirm,
      action: words.remove,
      onConfirm: removal.mutate,
    });
  return (
    <Card
      component="section"
      aria-labelledby={id}
      withBorder
      radius="lg"
      padding="lg"
      className={classes['danger'] ?? ''}
    >
      <Stack gap="lg">
        <Title order={2} size="h4" id={id}>
          {text.settings.groups.danger}
        </Title>
        <Deed title={words.purge} why={words.purgeWhy}>
          <Button variant="light" color="red" onClick={askToPurge} loading={purging.isPending}>
            {words.purge}
          </Button>
        </Deed>
        <Deed title={words.remove} why={words.removeWhy}>
          <Button color="red" onClick={askToRemove} loading={removal.isPending}>
            {words.remove}
          </Button>
        </Deed>
      </Stack>
    </Card>
  );
}

function Deed({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  return (
    <Group gap="md" justify="space-between">
      <div style={{ flex: 1, minWidth: 240 }}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {why}
        </Text>
      </div>
      {children}
    </Group>
  );
}
