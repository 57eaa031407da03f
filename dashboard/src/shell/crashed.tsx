import { Button, Center, Code, Stack, Title } from '@mantine/core';
import { useRouteError } from 'react-router';
import { text } from '../text/text.ts';

/** Shown when the frame around all screens fails. */
export function Crashed() {
  const error = useRouteError();
  return (
    <Center mih="100dvh" p="xl">
      <Stack align="center" maw={560}>
        <Title order={1} size="h2">
          {text.errors.crashed}
        </Title>
        <Code>{error instanceof Error ? error.message : String(error)}</Code>
        <Button onClick={() => location.reload()}>{text.errors.reload}</Button>
      </Stack>
    </Center>
  );
}
