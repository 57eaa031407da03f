import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { MadeWebhook, Webhook } from '../../api/types.ts';
import { createWebhook, webhooks } from '../../api/webhooks.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';

const words = text.automation.webhooks;
type Event = Webhook['events'][number];
const events = Object.keys(words.event) as Event[];

export interface WebhookFormProps {
  readonly websiteId: number;
  readonly created: (made: MadeWebhook) => void;
}

export function WebhookForm({ websiteId, created }: WebhookFormProps) {
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<string[]>(events);
  const client = useQueryClient();
  const creating = useMutation({
    mutationFn: () =>
      createWebhook(websiteId, { url: url.trim(), events: events.filter((one) => chosen.includes(one)) }),
    onSuccess: (made) => {
      created(made);
      setUrl('');
      return client.invalidateQueries({ queryKey: webhooks(websiteId).queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creating.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={560}>
        {creating.isError && <ErrorNote error={creating.error} />}
        <TextInput
          label={words.url}
          description={words.urlHint}
          placeholder="https://example.com/hooks/cards"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
        />
        <Checkbox.Group label={words.events} value={chosen} onChange={setChosen}>
          <Group mt="xs" gap="lg">
            {events.map((one) => (
              <Checkbox key={one} value={one} label={words.event[one]} />
            ))}
          </Group>
        </Checkbox.Group>
        <Button
          type="submit"
          disabled={chosen.length === 0}
          loading={creating.isPending}
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
        >
          {words.create}
        </Button>
      </Stack>
    </form>
  );
}
