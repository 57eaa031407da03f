import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Webhook } from '../../api/types.ts';
import { removeWebhook, testWebhook, webhooks } from '../../api/webhooks.ts';
import { confirm } from '../../parts/confirm.tsx';
import { Line } from '../../parts/lines.tsx';
import { say, sayError } from '../../parts/say.ts';
import { When } from '../../parts/when.tsx';
import { text } from '../../text/text.ts';
import { Messages } from './messages.tsx';

const words = text.automation.webhooks;

export interface WebhookLineProps {
  readonly websiteId: number;
  readonly webhook: Webhook;
  readonly mayChange: boolean;
}

/** One webhook, and what it was sent. */
export function WebhookLine({ websiteId, webhook, mayChange }: WebhookLineProps) {
  const { id, url, events, createdAt, disabledAt } = webhook;
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: webhooks(websiteId).queryKey });
  const testing = useMutation({
    mutationFn: () => testWebhook(websiteId, id),
    onSuccess: () => {
      say(words.tested);
      setOpen(true);
      return look();
    },
    onError: sayError,
  });
  const removing = useMutation({
    mutationFn: () => removeWebhook(websiteId, id),
    onSuccess: () => {
      say(words.removed);
      return look();
    },
    onError: sayError,
  });
  const ask = () =>
    confirm({
      title: words.removeTitle,
      why: words.removeWhy,
      action: words.remove,
      onConfirm: () => removing.mutate(),
    });
  const actions = (
    <Group gap="xs">
      {disabledAt === null && (
        <Button
          variant="light"
          size="xs"
          loading={testing.isPending}
          aria-label={words.testThis(url)}
          onClick={() => testing.mutate()}
        >
          {words.test}
        </Button>
      )}
      <Button variant="light" color="red" size="xs" aria-label={words.removeThis(url)} onClick={ask}>
        {words.remove}
      </Button>
    </Group>
  );
  return (
    <Line actions={mayChange && actions}>
      <Text ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {url}
      </Text>
      <Text size="sm" c="dimmed">
        {events.map((one) => words.event[one]).join(', ')}, {words.created} <When at={createdAt} />
      </Text>
      {disabledAt !== null && (
        <Text size="sm" c="red">
          {words.disabled}
        </Text>
      )}
      <Button variant="subtle" size="compact-sm" px={0} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.hideLog : words.log}
      </Button>
      {isOpen && <Messages websiteId={websiteId} id={id} />}
    </Line>
  );
}
