import { Skeleton, Stack } from '@mantine/core';

/** In place of lines that are on their way. */
export function SkeletonLines({ count }: { readonly count: number }) {
  return (
    <Stack gap="md" aria-hidden>
      {Array.from({ length: count }, (_, at) => (
        <Skeleton key={at} height={42} radius="md" />
      ))}
    </Stack>
  );
}
