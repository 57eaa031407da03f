import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Examination, ServiceStatus, WebsiteCosts } from './types.ts';

const lookEveryMs = 2000;

/** The current state of the service, updated while it is shown. */
export const serviceStatus = queryOptions({
  queryKey: ['service'],
  queryFn: ({ signal }) => json<ServiceStatus>('/api/v1/service', { signal }),
  refetchInterval: lookEveryMs,
  // The next look is soon; meanwhile the screen says how old what it shows is.
  retry: false,
  staleTime: 0,
});

export const websiteCosts = (days: number) =>
  queryOptions({
    queryKey: ['service', 'websites', days],
    queryFn: ({ signal }) => json<WebsiteCosts>(`/api/v1/service/websites?days=${days}`, { signal }),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });

export function examineService(): Promise<Examination> {
  return json('/api/v1/service/doctor', { method: 'POST' });
}
