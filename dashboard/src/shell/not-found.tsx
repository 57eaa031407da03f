import { Anchor, Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { text } from '../text/text.ts';

export function NotFound() {
  return (
    <Stack align="flex-start">
      <Title order={1} size="h3">
        {text.errors.notFound}
      </Title>
      <Anchor component={Link} to="/">
        {text.errors.back}
      </Anchor>
    </Stack>
  );
}
