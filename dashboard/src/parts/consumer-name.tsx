import { Group, Text } from '@mantine/core';
import { useConsumerLabel } from './consumer-label.ts';
import { NetworkIcon } from './network-icon.tsx';

/** A network as people know it: its sign and its name. */
export function ConsumerName({ name }: { name: string }) {
  const labelOf = useConsumerLabel();
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <NetworkIcon consumer={name} />
      <Text component="span" inherit>
        {labelOf(name)}
      </Text>
    </Group>
  );
}
