import { Stack, Text } from '@mantine/core';
import { ApiError } from '../../api/request.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { text } from '../../text/text.ts';

/** Why there is nothing to see, as the service says it, and what can be done. */
export function WhatToDo({ error, retry }: { error: Error; retry: () => unknown }) {
  const advice = error instanceof ApiError ? text.preview.advice[error.status] : undefined;
  return (
    <Stack gap="sm">
      <ErrorNote error={error} retry={retry} />
      {advice !== undefined && (
        <Text size="sm" c="dimmed" maw={640}>
          {advice}
        </Text>
      )}
    </Stack>
  );
}
