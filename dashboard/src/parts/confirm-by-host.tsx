import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import { text } from '../text/text.ts';

export interface HostConfirmation {
  readonly title: string;
  readonly why: string;
  /** What is typed to go on. */
  readonly host: string;
  readonly action: string;
  readonly onConfirm: () => void;
}

/** Asks for the host to be typed: nothing happens to a whole website by a slip. */
export function confirmByHost(asked: HostConfirmation): void {
  modals.open({ title: asked.title, children: <TypeHost {...asked} /> });
}

function TypeHost({ why, host, action, onConfirm }: HostConfirmation) {
  const [typed, setTyped] = useState('');
  const isRight = typed.trim().toLowerCase() === host;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    modals.closeAll();
    onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{why}</Text>
        <TextInput
          label={text.parts.typeHost(host)}
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
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
