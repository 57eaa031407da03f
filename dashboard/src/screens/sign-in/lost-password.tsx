import { Anchor, Code, Collapse, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import { text } from '../../text/text.ts';

const words = text.signIn;

/** What to do without mail. */
export function LostPassword({ email }: { readonly email: string }) {
  const [isOpen, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <div>
      <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={isOpen} aria-controls={id}>
        {words.lost}
      </Anchor>
      <Collapse expanded={isOpen} id={id}>
        <Text size="sm" c="dimmed" pt="xs">
          {words.lostHow}
        </Text>
        <Code block mt={6} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {words.lostCommand(email.trim() || words.lostExample)}
        </Code>
      </Collapse>
    </div>
  );
}
