import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeKey } from '../../api/keys.ts';
import type { Key } from '../../api/types.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Line, Lines } from '../../parts/lines.tsx';
import { say, sayError } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';

const words = text.keys;

export interface KeyListProps {
  readonly websiteId: number;
  /** Oldest first. */
  readonly keys: readonly Key[];
  readonly mayRevoke: boolean;
}

/** The keys that are good, and those that were. */
export function KeyList({ websiteId, keys, mayRevoke }: KeyListProps) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: (publicKey: string) => revokeKey(websiteId, publicKey),
    onSuccess: async () => {
      say(words.revoked);
      await client.invalidateQueries({ queryKey: ['websites', websiteId] });
    },
    onError: sayError,
  });
  const good = keys.filter(({ revokedAt }) => revokedAt === null).toReversed();
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null).toReversed();
  const ask = (publicKey: string) =>
    confirm({
      title: words.revokeTitle,
      why: good.length === 1 ? `${words.revokeWhy} ${words.revokeLast}` : words.revokeWhy,
      action: words.revoke,
      onConfirm: () => revoking.mutate(publicKey),
    });
  return (
    <>
      <Section title={words.good}>
        {good.length === 0 ? (
          <Text c="dimmed">{words.goodNone}</Text>
        ) : (
          <Lines label={words.good}>
            {good.map(({ publicKey, createdAt }, at) => (
              <Line
                key={publicKey}
                actions={
                  mayRevoke && (
                    <Button
                      variant="light"
                      color="red"
                      size="xs"
                      aria-label={words.revokeThis(publicKey)}
                      loading={revoking.isPending && revoking.variables === publicKey}
                      onClick={() => ask(publicKey)}
                    >
                      {words.revoke}
                    </Button>
                  )
                }
              >
                <Group gap="xs">
                  <PublicKey value={publicKey} />
                  {at === 0 && good.length > 1 && <Badge variant="light">{words.newest}</Badge>}
                </Group>
                <Text size="sm" c="dimmed">
                  {words.made} <When at={createdAt} />
                </Text>
              </Line>
            ))}
          </Lines>
        )}
      </Section>
      {revoked.length > 0 && (
        <Section title={words.revokedTitle}>
          <Lines label={words.revokedTitle}>
            {revoked.map(({ publicKey, revokedAt }) => (
              <Line key={publicKey}>
                <Text c="dimmed" td="line-through" component="div">
                  <PublicKey value={publicKey} />
                </Text>
                <Text size="sm" c="dimmed">
                  {words.revokedOn} <When at={revokedAt ?? ''} />
                </Text>
              </Line>
            ))}
          </Lines>
        </Section>
      )}
    </>
  );
}

function PublicKey({ value }: { value: string }) {
  return (
    <Text span ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
      {value}
    </Text>
  );
}
