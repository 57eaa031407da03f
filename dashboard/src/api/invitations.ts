import { queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Invitation, Role } from './types.ts';

/** What a one-time link is for; refused where it is good for nothing any more. */
export const invitation = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => json<Invitation>(`/api/v1/invitations/${encodeURIComponent(token)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function acceptInvitation(token: string): Promise<{ websiteId: number; role: Role }> {
  return json(`/api/v1/invitations/${encodeURIComponent(token)}`, { method: 'POST' });
}
