import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { ApiKey, MadeApiKey, NewApiKey, SignedInSession } from './types.ts';

export const sessions = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) =>
    json<{ sessions: SignedInSession[] }>('/api/v1/account/sessions', { signal }).then((answer) => answer.sessions),
});

export const apiKeys = queryOptions({
  queryKey: ['account', 'api-keys'],
  queryFn: ({ signal }) =>
    json<{ apiKeys: ApiKey[] }>('/api/v1/account/api-keys', { signal }).then((answer) => answer.apiKeys),
});

export async function rename(name: string): Promise<void> {
  await request('/api/auth/update-user', { method: 'POST', body: { name } });
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly revokeOtherSessions: boolean;
}

export async function changePassword(change: PasswordChange): Promise<void> {
  await request('/api/auth/change-password', { method: 'POST', body: change });
}

export async function endSession(id: string): Promise<void> {
  await request(`/api/v1/account/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export async function endOtherSessions(): Promise<void> {
  await request('/api/v1/account/sessions', { method: 'DELETE' });
}

export function createApiKey(key: NewApiKey): Promise<MadeApiKey> {
  return json('/api/v1/account/api-keys', { method: 'POST', body: key });
}

export async function revokeApiKey(id: string): Promise<void> {
  await request(`/api/v1/account/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
