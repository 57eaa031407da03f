import { Button, Code, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiKeys, revokeApiKey } from '../../api/account.ts';
import type { ApiKey } from '../../api/types.ts';
import { websites } from '../../api/websites.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Line, Lines } from '../../parts/lines.tsx';
import { say, sayError } from '../../parts/say.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.account;

export function ApiKeyList({ keys }: { keys: readonly ApiKey[] }) {
  const client = useQueryClient();
  const { queryKey } = apiKeys;
  const revoking = useMutation({
    mutationFn: ({ id }: ApiKey) => revokeApiKey(id),
    onSuccess: (_, { id }) => {
      say(words.revoked);
      client.setQueryData(queryKey, (known: ApiKey[] | undefined) => known?.filter((one) => one.id !== id));
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const ask = (key: ApiKey) =>
    confirm({
      title: words.revokeTitle(key.name),
      why: words.revokeWhy,
      action: words.revoke,
      onConfirm: () => revoking.mutate(key),
    });
  return (
    <Lines label={words.keys}>
      {keys.map((key) => (
        <Line
          key={key.id}
          actions={
            <Button
              variant="subtle"
              color="red"
              size="xs"
              aria-label={words.revokeThis(key.name)}
              loading={revoking.isPending && revoking.variables.id === key.id}
              onClick={() => ask(key)}
            >
              {words.revoke}
            </Button>
          }
        >
          <Group gap={8}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {key.name}
            </Text>
            <Code>{key.start}…</Code>
          </Group>
          <Text size="sm" c="dimmed">
            <Use apiKey={key} /> · <Expiry at={key.expiresAt} /> · <Where websiteIds={key.websiteIds} />
          </Text>
          <Text size="xs" c="dimmed" ff="monospace" mt={2}>
            {key.scopes.join(' ')}
          </Text>
        </Line>
      ))}
    </Lines>
  );
}

function Use({ apiKey: { lastUsedAt } }: { apiKey: ApiKey }) {
  if (lastUsedAt === null) return words.neverUsed;
  return (
    <>
      {words.used} <When at={lastUsedAt} />
    </>
  );
}

function Expiry({ at }: { at: string | null }) {
  if (at === null) return words.endless;
  const isOver = new Date(at).getTime() < Date.now();
  return (
    <Text span inherit {...(isOver ? { c: 'red' } : {})}>
      {isOver ? words.overSince : words.ends} <When at={at} />
    </Text>
  );
}

function Where({ websiteIds }: { websiteIds: readonly number[] | null }) {
  const { data = [] } = useQuery(websites);
  if (websiteIds === null) return words.onAll;
  const names = websiteIds.map((id) => data.find((one) => one.id === id)?.host);
  return words.onSome(text.time.list(names.map((host) => host ?? words.goneWebsite)));
}
