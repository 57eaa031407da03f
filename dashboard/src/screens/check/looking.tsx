import { SimpleGrid, Skeleton, Stack } from '@mantine/core';

/** The shape of what will be there. */
export function Looking() {
  return (
    <Stack gap="lg" aria-hidden>
      <Skeleton height={98} radius="lg" />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Skeleton height={420} radius="lg" />
        <Skeleton height={420} radius="lg" />
      </SimpleGrid>
    </Stack>
  );
}
