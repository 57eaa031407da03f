import { queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Check } from './types.ts';

/** A page of a website, looked at now. It is fetched from the site, so only when somebody asks for it. */
export const check = (websiteId: number, target: string) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'check', target],
    queryFn: ({ signal }) =>
      json<Check>(`/api/v1/websites/${websiteId}/check?target=${encodeURIComponent(target)}`, { signal }),
    refetchOnWindowFocus: false,
    retry: false,
  });
