import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { text } from '../text/text.ts';

const words = text.parts;

export interface LeaveGuardProps {
  readonly isDirty: boolean;
  /** What is lost: changes, unless it is a secret that is shown once. */
  readonly isSecret?: boolean;
  /** It is still there on the way back from another screen: only out of the window it is lost. */
  readonly isHeld?: boolean;
  /** Called when somebody leaves all the same. */
  readonly onLeave?: () => void;
}

/** Asks before what is not saved is lost: on the way to another screen, and out of the window. */
export function LeaveGuard({ isDirty, isSecret = false, isHeld = false, onLeave }: LeaveGuardProps) {
  const { state, proceed, reset } = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && !isHeld && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return (
    <Modal
      opened={state === 'blocked'}
      onClose={() => reset?.()}
      title={isSecret ? words.leaveOnceTitle : words.leaveTitle}
    >
      <Text size="sm">{isSecret ? words.leaveOnce : words.leave}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => reset?.()} data-autofocus>
          {words.stay}
        </Button>
        <Button
          color="red"
          onClick={() => {
            onLeave?.();
            proceed?.();
          }}
        >
          {words.leaveAnyway}
        </Button>
      </Group>
    </Modal>
  );
}
