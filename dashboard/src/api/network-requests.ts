import { queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { NetworkRequest } from './types.ts';

/** How networks ask for a page, and what they read of it. */
export const networkRequests = (websiteId: number, target: string) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'network-requests', target],
    queryFn: ({ signal }) =>
      json<{ requests: NetworkRequest[] }>(
        `/api/v1/websites/${websiteId}/network-requests?target=${encodeURIComponent(target)}`,
        { signal },
      ).then((answer) => answer.requests),
  });
