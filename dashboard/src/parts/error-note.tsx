import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { text } from '../text/text.ts';

/** What went wrong, as a sentence, and once more where that can help. */
export function ErrorNote({ error, retry }: { error: Error; retry?: () => unknown }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={text.errors.title} role="alert" maw={640}>
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{error.message}</Text>
        {retry && (
          <Button size="xs" variant="light" color="red" onClick={() => retry()}>
            {text.errors.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
