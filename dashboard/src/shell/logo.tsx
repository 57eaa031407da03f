import { Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { text } from '../text/text.ts';

export function Logo() {
  return (
    <Link to="/" style={{ color: 'inherit', textDecoration: 'none' }}>
      <Group gap={10} wrap="nowrap">
        <img src="/icon.svg" alt="" width={28} height={28} />
        <Text component="span" fw={700} fz="lg" style={{ letterSpacing: '-0.01em' }}>
          {text.product}
        </Text>
      </Group>
    </Link>
  );
}
