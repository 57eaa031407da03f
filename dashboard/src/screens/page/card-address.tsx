import { Group, Text } from '@mantine/core';
import { useRef } from 'react';
import { CopyButton } from '../../parts/copy-button.tsx';
import { text } from '../../text/text.ts';

/** Where the card is for everybody, to take along. */
export function CardAddress({ address }: { address: string }) {
  const shown = useRef<HTMLParagraphElement>(null);
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="sm" fw={600}>
        {text.page.cardAddress}
      </Text>
      <Group gap={6} wrap="nowrap" mt={4}>
        <Text ref={shown} ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
          {address}
        </Text>
        <CopyButton value={address} what={text.page.cardAddress} shown={shown} />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {text.page.cardAddressWhy}
      </Text>
    </div>
  );
}
