import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createDeployHook, deployHooks, revokeDeployHook } from '../../api/deploy-hooks.ts';
import type { DeployHook } from '../../api/types.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Line, Lines } from '../../parts/lines.tsx';
import { ListOf } from '../../parts/list-of.tsx';
import { say, sayError } from '../../parts/say.ts';
import { Section } from '../../parts/section.tsx';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { HookOnce } from './hook-once.tsx';

const words = text.automation.hooks;

export interface DeployHooksProps {
  readonly websiteId: number;
  readonly mayChange: boolean;
}

/** The addresses that deploy scripts call. */
export function DeployHooks({ websiteId, mayChange }: DeployHooksProps) {
  const query = useQuery(deployHooks(websiteId));
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: deployHooks(websiteId).queryKey });
  const [name, setName] = useState('');
  const creating = useMutation({
    mutationFn: () => createDeployHook(websiteId, name.trim()),
    onSuccess: () => {
      setName('');
      return look();
    },
    onError: sayError,
  });
  const revoking = useMutation({
    mutationFn: (id: number) => revokeDeployHook(websiteId, id),
    onSuccess: () => {
      say(words.revoked);
      return look();
    },
    onError: sayError,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creating.mutate();
  };
  const ask = ({ id }: DeployHook) =>
    confirm({
      title: words.revokeTitle,
      why: words.revokeWhy,
      action: words.revoke,
      onConfirm: () => revoking.mutate(id),
    });
  return (
    <Section title={words.title} lead={words.lead}>
      {creating.data && <HookOnce url={creating.data.url} done={creating.reset} />}
      <ListOf query={query} lines={1} none={words.none}>
        {(all) => (
          <Lines label={words.title}>
            {all.map((hook) => (
              <Line
                key={hook.id}
                actions={
                  mayChange && (
                    <Button
                      variant="light"
                      color="red"
                      size="xs"
                      aria-label={words.revokeThis(hook.name || words.unnamed)}
                      onClick={() => ask(hook)}
                    >
                      {words.revoke}
                    </Button>
                  )
                }
              >
                <Text style={{ overflowWrap: 'anywhere' }}>{hook.name || words.unnamed}</Text>
                <Text size="sm" c="dimmed">
                  {words.created} <When at={hook.createdAt} />,{' '}
                  {hook.usedAt === null ? (
                    words.neverUsed
                  ) : (
                    <>
                      {words.used} <When at={hook.usedAt} />
                    </>
                  )}
                </Text>
              </Line>
            ))}
          </Lines>
        )}
      </ListOf>
      {/* Another one would take the place of the address that is shown. */}
      {mayChange && creating.data === undefined && (
        <form onSubmit={submit}>
          <Group gap="sm" align="flex-end">
            <TextInput
              flex={1}
              miw={220}
              label={words.name}
              description={words.nameHint}
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={creating.isPending} leftSection={<IconPlus size={16} aria-hidden />}>
              {words.create}
            </Button>
          </Group>
        </form>
      )}
    </Section>
  );
}
