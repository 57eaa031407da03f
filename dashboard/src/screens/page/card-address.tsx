import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { text } from '../../text/text.ts';

const { copy, copied } = text.actions;

/** Where the card is for everybody, to take along. */
export function CardAddress({ address }: { address: string }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="sm" fw={600}>
        {text.page.cardAddress}
      </Text>
      <Group gap={6} wrap="nowrap" mt={4}>
        <Text ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
          {address}
        </Text>
        <CopyButton value={address} timeout={1500}>
          {({ copied: isCopied, copy: take }) => (
            <Tooltip label={isCopied ? copied : copy} withArrow>
              <ActionIcon
                variant="subtle"
                color={isCopied ? 'teal' : 'gray'}
                onClick={take}
                aria-label={isCopied ? copied : copy}
              >
                {isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {text.page.cardAddressWhy}
      </Text>
    </div>
  );
}
