import { Code, Stack, Text } from '@mantine/core';
import type { Website } from '../../api/types.ts';
import { text } from '../../text/text.ts';

const words = text.settings;

/** Whether the own host counts, and which DNS records would make it count. */
export function OwnHostProof({ settings: { ownHost, ownHostProof } }: Pick<Website, 'settings'>) {
  if (ownHost === null || ownHostProof === null) return null;
  if (ownHostProof.proven) return <Text size="sm">{words.ownHostProven(ownHost)}</Text>;
  return (
    <Stack gap={4}>
      <Text size="sm">{words.ownHostUnproven(ownHost)}</Text>
      {ownHostProof.records.map(({ type, name, value }) => (
        <Text key={type} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {name} <Code>{type}</Code> {value}
        </Text>
      ))}
    </Stack>
  );
}
