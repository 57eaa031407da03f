import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { SharedPreview } from './types.ts';

const path = (websiteId: number) => `/api/v1/websites/${websiteId}/shared-previews`;

/** The open links of one page. */
export const sharedPreviews = (websiteId: number, target: string) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'shared-previews', target],
    queryFn: ({ signal }) =>
      json<{ sharedPreviews: SharedPreview[] }>(`${path(websiteId)}?target=${encodeURIComponent(target)}`, {
        signal,
      }).then((answer) => answer.sharedPreviews),
    // Somebody who returns from posting the link sees whether it was opened.
    refetchOnWindowFocus: 'always',
  });

export function createSharedPreview(websiteId: number, target: string, expiresInDays: number): Promise<SharedPreview> {
  return json(path(websiteId), { method: 'POST', body: { target, expiresInDays } });
}

export async function revokeSharedPreview(websiteId: number, id: number): Promise<void> {
  await request(`${path(websiteId)}/${id}`, { method: 'DELETE' });
}
