import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { text } from '../text/text.ts';

const words = text.parts;

/** Asks before what is not saved is lost: on the way to another screen, and out of the window. */
export function LeaveGuard({ isDirty }: { readonly isDirty: boolean }) {
  const { state, proceed, reset } = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return (
    <Modal opened={state === 'blocked'} onClose={() => reset?.()} title={words.leaveTitle}>
      <Text size="sm">{words.leave}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => reset?.()} data-autofocus>
          {words.stay}
        </Button>
        <Button color="red" onClick={() => proceed?.()}>
          {words.leaveAnyway}
        </Button>
      </Group>
    </Modal>
  );
}
