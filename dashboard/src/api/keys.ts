import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Key, NewKey } from './types.ts';

export const keys = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'keys'],
    queryFn: ({ signal }) =>
      json<{ keys: Key[] }>(`/api/v1/websites/${websiteId}/keys`, { signal }).then((answer) => answer.keys),
  });

export function createKey(websiteId: number): Promise<NewKey> {
  return json(`/api/v1/websites/${websiteId}/keys`, { method: 'POST' });
}

export async function revokeKey(websiteId: number, publicKey: string): Promise<void> {
  await request(`/api/v1/websites/${websiteId}/keys/${encodeURIComponent(publicKey)}`, { method: 'DELETE' });
}
