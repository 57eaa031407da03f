import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import { text } from '../../text/text.ts';

const words = text.pages;

/** Asks for the host to be typed: a whole website is not purged by a slip. */
export function askToPurgeWebsite(host: string, purge: () => void): void {
  modals.open({ title: words.purgeWebsiteTitle(host), children: <Confirmation host={host} purge={purge} /> });
}

function Confirmation({ host, purge }: { host: string; purge: () => void }) {
  const [typed, setTyped] = useState('');
  const isRight = typed.trim().toLowerCase() === host;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    modals.closeAll();
    purge();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.purgeWebsiteWhy}</Text>
        <TextInput
          label={words.purgeWebsiteType(host)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {text.actions.cancel}
          </Button>
          <Button type="submit" color="red" disabled={!isRight}>
            {words.purgeWebsite}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
