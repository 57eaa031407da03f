import { queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Consumer } from './types.ts';

/** The networks that cards are drawn for, each with its frame and limits; they change with the service alone. */
export const consumers = queryOptions({
  queryKey: ['consumers'],
  queryFn: ({ signal }) =>
    json<{ consumers: Consumer[] }>('/api/v1/consumers', { signal }).then((answer) => answer.consumers),
  staleTime: Number.POSITIVE_INFINITY,
});
