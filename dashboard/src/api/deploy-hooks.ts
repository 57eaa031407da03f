import { queryOptions } from '@tanstack/react-query';
import { json, request } from './request.ts';
import type { DeployHook, MadeDeployHook } from './types.ts';

const path = (websiteId: number) => `/api/v1/websites/${websiteId}/deploy-hooks`;

export const deployHooks = (websiteId: number) =>
  queryOptions({
    queryKey: ['websites', websiteId, 'deploy-hooks'],
    queryFn: ({ signal }) => json<{ hooks: DeployHook[] }>(path(websiteId), { signal }).then((answer) => answer.hooks),
  });

export function createDeployHook(websiteId: number, name: string): Promise<MadeDeployHook> {
  return json(path(websiteId), { method: 'POST', body: { name } });
}

export async function revokeDeployHook(websiteId: number, id: number): Promise<void> {
  await request(`${path(websiteId)}/${id}`, { method: 'DELETE' });
}
