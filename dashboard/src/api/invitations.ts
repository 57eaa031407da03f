import { queryOptions } from '@tanstack/react-query';
import { json } from './request.ts';
import type { Invitation, Joined } from './types.ts';

/** What a one-time link is for; fails if the link has expired, was withdrawn or was used. */
export const invitation = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => json<Invitation>(`/api/v1/invitations/${encodeURIComponent(token)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function acceptInvitation(token: string): Promise<Joined> {
  return json(`/api/v1/invitations/${encodeURIComponent(token)}`, { method: 'POST' });
}
