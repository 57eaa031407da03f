import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Attention, Usage } from './types.ts';

/** What a website's cards cost and gave in the last days, today included. */
export const usage = (websiteId: number, days: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'usage', days],
    queryFn: ({ signal }) => json<Usage>(`/api/v1/websites/${websiteId}/usage?days=${days}`, { signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** What is to be looked at first. */
export const attention = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'attention'],
    queryFn: ({ signal }) => json<Attention>(`/api/v1/websites/${websiteId}/attention`, { signal }),
  });
