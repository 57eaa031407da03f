import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { NetworkIcon } from '../../../parts/network-icon.tsx';
import { text } from '../../../text/text.ts';
import classes from './gallery.module.css';
import type { Preview } from './preview.ts';

const words = text.networks;

export interface FrameProps {
  readonly consumer: string;
  readonly label: string;
  readonly preview: Preview;
  readonly note: ReactNode;
  readonly children: ReactNode;
}

// Who shows small what is not said to be large.
const heedsTwitterCard = new Set(['twitter', 'discord', 'telegram']);

/** One network's frame with its name; said in one sentence to who does not see it, since it is a picture of a screen. */
export function Frame({ consumer, label, preview, note, children }: FrameProps) {
  const { title, domain, description, isLarge } = preview;
  return (
    <figure className={classes['network']}>
      <Group component="figcaption" gap={8} mb={8} wrap="nowrap">
        <NetworkIcon consumer={consumer} />
        <Text size="sm" fw={600}>
          {label}
        </Text>
      </Group>
      <div className={classes['stage']} role="img" aria-label={words.described(label, title, domain, description)}>
        <div aria-hidden>{children}</div>
      </div>
      {!isLarge && heedsTwitterCard.has(consumer) && (
        <Text size="xs" c="dimmed" mt={8}>
          {words.smallCard}
        </Text>
      )}
      {note}
    </figure>
  );
}
