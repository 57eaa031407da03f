import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { Session } from './types.ts';

export const session = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => json<Session>('/api/v1/session', { signal }),
  staleTime: 60_000,
});

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export async function signIn(credentials: Credentials): Promise<void> {
  await request('/api/auth/sign-in/email', { method: 'POST', body: credentials });
}

export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', { method: 'POST', body: {} });
}

export interface NewAccount extends Credentials {
  readonly name: string;
  /** The token of a first-account or invitation link. */
  readonly invitation?: string | undefined;
}

export async function createAccount(account: NewAccount): Promise<void> {
  await request('/api/v1/accounts', { method: 'POST', body: account });
}

/** @param token of a link that who runs the service handed over. */
export async function resetPassword(token: string, body: { password: string; revokeKeys: boolean }): Promise<void> {
  await request(`/api/v1/password-resets/${encodeURIComponent(token)}`, { method: 'POST', body });
}

/** Forgets who is signed in, and everything that only that one may see. */
export function forgetPerson(client: QueryClient): void {
  const known = client.getQueryData(session.queryKey);
  if (!known?.person) return;
  client.setQueryData(session.queryKey, { ...known, person: null, ended: true });
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'consumers' });
}
