import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Attention, Usage } from './types.ts';

/** The last days, today included, or from one day to another (YYYY-MM-DD, UTC). */
export type Period = { readonly days: number } | { readonly from: string; readonly to: string };

/** What a website's cards cost and gave. */
export const usage = (websiteId: number, period: Period) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'usage', period],
    queryFn: ({ signal }) => {
      const days = 'from' in period ? { ...period } : { days: String(period.days) };
      return json<Usage>(`/api/v1/websites/${websiteId}/usage?${new URLSearchParams(days)}`, { signal });
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** What is to be looked at first. */
export const attention = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'attention'],
    queryFn: ({ signal }) => json<Attention>(`/api/v1/websites/${websiteId}/attention`, { signal }),
  });
