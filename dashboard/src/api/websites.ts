import { queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Website } from './types.ts';

export const websites = queryOptions({
  queryKey: ['websites'],
  queryFn: ({ signal }) =>
    json<{ websites: Website[] }>('/api/v1/websites', { signal }).then((answer) => answer.websites),
});

export const website = (id: number) =>
  queryOptions({
    queryKey: ['websites', id],
    queryFn: ({ signal }) => json<Website>(`/api/v1/websites/${id}`, { signal }),
  });
