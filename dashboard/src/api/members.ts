import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Members, NewInvitation, Role } from './types.ts';

const path = (websiteId: number) => `/api/v1/websites/${websiteId}`;

export const members = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'members'],
    queryFn: ({ signal }) => json<Members>(`${path(websiteId)}/members`, { signal }),
  });

export async function changeRole(websiteId: number, userId: string, role: Role): Promise<void> {
  await request(`${path(websiteId)}/members/${encodeURIComponent(userId)}`, { method: 'PATCH', body: { role } });
}

/** Or leaves, where it is oneself. */
export async function removeMember(websiteId: number, userId: string): Promise<void> {
  await request(`${path(websiteId)}/members/${encodeURIComponent(userId)}`, { method: 'DELETE' });
}

export function invite(websiteId: number, role: Role): Promise<NewInvitation> {
  return json(`${path(websiteId)}/invitations`, { method: 'POST', body: { role } });
}

export async function withdrawInvitation(websiteId: number, invitationId: number): Promise<void> {
  await request(`${path(websiteId)}/invitations/${invitationId}`, { method: 'DELETE' });
}
