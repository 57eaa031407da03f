import { Group, Text } from '@mantine/core';
import { useConsumerLabel } from '../api/consumers.ts';
import { ConsumerIcon } from './consumer-icon.tsx';

/** A network as people know it: its mark and its name. */
export function ConsumerName({ name }: { name: string }) {
  const labelOf = useConsumerLabel();
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <ConsumerIcon name={name} />
      <Text component="span" inherit>
        {labelOf(name)}
      </Text>
    </Group>
  );
}
