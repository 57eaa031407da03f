import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import { text } from '../../text/text.ts';

const words = text.settings.danger;

/** Asks for the host to be typed: a website is not removed by a slip. */
export function askToRemove(host: string, remove: () => void): void {
  modals.open({ title: words.removeTitle(host), children: <TypeHost host={host} remove={remove} /> });
}

function TypeHost({ host, remove }: { host: string; remove: () => void }) {
  const [typed, setTyped] = useState('');
  const isRight = typed.trim().toLowerCase() === host;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    modals.closeAll();
    remove();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.removeConfirm}</Text>
        <TextInput
          label={words.typeHost(host)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {text.actions.cancel}
          </Button>
          <Button type="submit" color="red" disabled={!isRight}>
            {words.remove}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
