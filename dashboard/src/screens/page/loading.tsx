import { SimpleGrid, Skeleton } from '@mantine/core';

/** The places of what is to come. */
export function Loading() {
  return (
    <>
      <Skeleton h={168} radius="lg" />
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="lg">
        <Skeleton h={330} radius="lg" />
        <Skeleton h={330} radius="lg" />
        <Skeleton h={330} radius="lg" />
      </SimpleGrid>
    </>
  );
}
