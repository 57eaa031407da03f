import { queryOptions, useQuery } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Consumer } from './types.ts';

/** Who asks for cards, with the frames they are drawn in; the generic one first. It changes with the service alone. */
export const consumers = queryOptions({
  queryKey: ['consumers'],
  queryFn: ({ signal }) =>
    json<{ consumers: Consumer[] }>('/api/v1/consumers', { signal }).then((answer) => answer.consumers),
  staleTime: Number.POSITIVE_INFINITY,
});

/** How a consumer is called; its bare name until that is known, and where it is not. */
export function useConsumerLabel(): (name: string) => string {
  const { data } = useQuery(consumers);
  return (name) => data?.find((one) => one.name === name)?.label ?? name;
}
