import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Attention, Usage } from './types.ts';

/** The last hours or days, the one under way included, or from one day to another (YYYY-MM-DD, UTC). */
export type Period =
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly from: string; readonly to: string };

/** What a website's cards cost and gave. */
export const usage = (websiteId: number, period: Period) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'usage', period],
    queryFn: ({ signal }) => {
      const asked = Object.entries(period).map(([name, value]) => [name, String(value)]);
      return json<Usage>(`/api/v1/websites/${websiteId}/usage?${new URLSearchParams(asked)}`, { signal });
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** What needs attention. */
export const attention = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'attention'],
    queryFn: ({ signal }) => json<Attention>(`/api/v1/websites/${websiteId}/attention`, { signal }),
  });
